/** All orders in which the news of one message can arrive. */
import type { DeliveryStatus } from '../../../server/src/messages/contract';
import type { Evidence } from '../../../server/src/messages/delivery-state';

export const KINDS = ['accepted', 'sent', 'delivered', 'read', 'played', 'failed'] as const;
export type Kind = (typeof KINDS)[number];

export const permutations = <T>(list: readonly T[]): T[][] =>
  list.length <= 1
    ? [[...list]]
    : list.flatMap((first, index) =>
        permutations(list.filter((_, i) => i !== index)).map((rest) => [first, ...rest]),
      );

export const subsets = <T>(list: readonly T[]): T[][] =>
  list.reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);

/** A repeatable source of chance: print the seed with a failure. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

/** What the rule says, written down a second time and differently: the highest in this order that was ever told. */
const ORDER: Kind[] = ['accepted', 'sent', 'failed', 'delivered', 'read', 'played'];
export const expectedState = (kinds: readonly Kind[], fallback: DeliveryStatus): DeliveryStatus =>
  ORDER.filter((kind) => kinds.includes(kind)).at(-1) ?? fallback;

export const evidenceOf = (kind: Kind, at: number): Evidence => ({ [kind]: at });
