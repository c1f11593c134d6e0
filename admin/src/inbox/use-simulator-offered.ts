import { simulatorResource } from '../api/resources';
import { useStore } from '../store/use-store';
import type { Abilities } from '../use-abilities';

/** Whether the simulator can be offered: permitted, and a sandbox number exists. */
export const useSimulatorOffered = (abilities: Abilities): boolean => {
  const numbers = useStore(simulatorResource.store, ({ data }) => data?.numbers.length ?? 0);
  return abilities.canUseSimulator && numbers > 0;
};
