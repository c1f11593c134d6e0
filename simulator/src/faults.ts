import { FAULTS, isFaultName, reachesEverything, type FaultName } from './fault-names';
import type { FaultSettings, FaultState } from './types';

export { FAULTS, isFaultName, type FaultName } from './fault-names';

export interface Faults {
  /**
   * One setting per number, and one for all numbers; setting it again replaces it.
   * @throws when the name is unknown, `times` is below 1, or the fault needs a code and has none.
   */
  set(name: FaultName, settings?: FaultSettings): void;
  /** Without a name: all of them. With a number: only what was set for that number. */
  clear(name?: FaultName, phoneNumberId?: string): void;
  /** How they are set for that number; without one: whether they are on for anybody. */
  list(phoneNumberId?: string): FaultState[];
}

interface Where {
  /** Absent: nobody's number in particular, only faults of all numbers hit. */
  phoneNumberId?: string;
  call?: 'send' | 'other';
}

export interface FaultBoard extends Faults {
  /** The settings when the fault hits here, counting the hit; otherwise null. */
  take(name: FaultName, where?: Where): FaultSettings | null;
  /** Whether it would hit here; counts nothing. */
  isOn(name: FaultName, where?: Where): boolean;
}

const check = (name: FaultName, settings: FaultSettings): void => {
  if (!isFaultName(name))
    throw new Error(`Unknown fault '${String(name)}'. Known: ${Object.keys(FAULTS).join(', ')}`);
  if (settings.times !== undefined && !(settings.times >= 1))
    throw new Error('A fault hits at least once (times ≥ 1)');
  if (settings.delayMs !== undefined && !(settings.delayMs >= 0))
    throw new Error('A delay is not negative (delayMs ≥ 0)');
  if (FAULTS[name].needsCode && !Number.isInteger(settings.code))
    throw new Error(`The fault '${name}' needs a code of Meta's error table, like 131026`);
};

export const createFaults = (onChange: () => void): FaultBoard => {
  /** Per name: settings by number; `''` is for all of them. */
  const active = new Map<FaultName, Map<string, FaultSettings>>();

  const settingsFor = (name: FaultName, phoneNumberId: string | undefined): FaultSettings | undefined =>
    (phoneNumberId !== undefined ? active.get(name)?.get(phoneNumberId) : undefined) ??
    active.get(name)?.get('');

  const remove = (name: FaultName, key: string): void => {
    active.get(name)?.delete(key);
    if (active.get(name)?.size === 0) active.delete(name);
  };

  const applies = (name: FaultName, settings: FaultSettings, call: Where['call']): boolean => {
    const scope = settings.scope ?? (reachesEverything(name) ? 'all' : 'send');
    return scope === 'all' || call !== 'other';
  };

  const stateOf = (name: FaultName, phoneNumberId: string | undefined): FaultState => {
    const anybody = [...(active.get(name)?.values() ?? [])][0];
    const settings = phoneNumberId === undefined ? anybody : settingsFor(name, phoneNumberId);
    return {
      name,
      description: FAULTS[name].description,
      group: FAULTS[name].group,
      needsCode: FAULTS[name].needsCode ?? false,
      active: settings !== undefined,
      times: settings?.times ?? null,
      delayMs: settings?.delayMs ?? FAULTS[name].delayMs ?? null,
      code: settings?.code ?? null,
    };
  };

  return {
    set(name, settings = {}) {
      check(name, settings);
      const settingsByNumber = active.get(name) ?? new Map<string, FaultSettings>();
      settingsByNumber.set(settings.phoneNumberId ?? '', { ...settings });
      active.set(name, settingsByNumber);
      onChange();
    },
    clear(name, phoneNumberId) {
      for (const known of name === undefined ? [...active.keys()] : [name]) {
        if (phoneNumberId === undefined) active.delete(known);
        else remove(known, phoneNumberId);
      }
      onChange();
    },
    list: (phoneNumberId) => (Object.keys(FAULTS) as FaultName[]).map((name) => stateOf(name, phoneNumberId)),
    isOn(name, where = {}) {
      const settings = settingsFor(name, where.phoneNumberId);
      return settings !== undefined && applies(name, settings, where.call);
    },
    take(name, where = {}) {
      const settings = settingsFor(name, where.phoneNumberId);
      if (!settings || !applies(name, settings, where.call)) return null;
      const hit = { ...settings, delayMs: settings.delayMs ?? FAULTS[name].delayMs };
      if (settings.times !== undefined) {
        settings.times -= 1;
        if (settings.times <= 0) remove(name, settings.phoneNumberId ?? '');
        onChange();
      }
      return hit;
    },
  };
};
