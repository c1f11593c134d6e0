import type { FaultSettings, FaultState } from './types';

/** Every fault that can be switched on, in the words of the README's table. */
export const FAULTS = {
  late: 'Webhooks arrive late (delayMs, default 5000).',
  duplicate: 'Every webhook is posted twice.',
  'out-of-order': 'The statuses of a send are posted in reverse order, with their true timestamps.',
  'lost-answer': 'A send is accepted, then the connection breaks before the answer.',
  'no-answer': 'A send is accepted, then nothing is answered.',
  'reset-before': 'The connection breaks before a send is accepted.',
  '429': 'Sends are refused: HTTP 429, code 130429.',
  '429-as-400': 'Sends are refused: code 130429 under HTTP 400, as Meta often does.',
  'pair-limit': 'Sends are refused: HTTP 400, code 131056 (too many messages to one person).',
  '5xx': 'Sends are refused: HTTP 503 with a transient Graph error (code 131016).',
  '5xx-html': 'Sends are refused: HTTP 503 with an HTML page instead of JSON.',
  'accepted-then-500': 'A send is accepted and goes out, but the answer is HTTP 500.',
  'dead-token': 'Every call answers 401, code 190: the access token has expired.',
  'closed-window': 'Free-form sends fail by status 131047, whatever the window says.',
  'closed-window-sync': 'Free-form sends are refused at once with 131047.',
  'not-on-whatsapp': 'Sends are accepted and fail by status 131026.',
  slow: 'Every Graph call is answered late (delayMs, default 3000).',
} as const;

export type FaultName = keyof typeof FAULTS;

const EVERYWHERE: readonly FaultName[] = ['dead-token', 'slow'];

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

export interface Faults {
  /** @throws when the name is unknown or `times` is below 1. */
  set(name: FaultName, settings?: FaultSettings): void;
  /** Without a name: all of them. */
  clear(name?: FaultName): void;
  list(): FaultState[];
}

export interface FaultBoard extends Faults {
  /** The settings when the fault hits here, counting the hit; otherwise null. */
  take(name: FaultName, where?: { phoneNumberId?: string; call?: 'send' | 'other' }): FaultSettings | null;
}

export const createFaults = (onChange: () => void): FaultBoard => {
  const active = new Map<FaultName, FaultSettings>();

  const applies = (
    name: FaultName,
    settings: FaultSettings,
    where: { phoneNumberId?: string; call?: string },
  ): boolean => {
    if (settings.phoneNumberId !== undefined && settings.phoneNumberId !== where.phoneNumberId) return false;
    const scope = settings.scope ?? (EVERYWHERE.includes(name) ? 'all' : 'send');
    return scope === 'all' || where.call !== 'other';
  };

  return {
    set(name, settings = {}) {
      if (!isFaultName(name))
        throw new Error(`Unknown fault '${String(name)}'. Known: ${Object.keys(FAULTS).join(', ')}`);
      if (settings.times !== undefined && !(settings.times >= 1))
        throw new Error('A fault hits at least once (times ≥ 1)');
      active.set(name, { ...settings });
      onChange();
    },
    clear(name) {
      if (name === undefined) active.clear();
      else active.delete(name);
      onChange();
    },
    list: () =>
      Object.entries(FAULTS).map(([name, description]) => {
        const settings = active.get(name as FaultName);
        return { name, description, active: settings !== undefined, times: settings?.times ?? null };
      }),
    take(name, where = {}) {
      const settings = active.get(name);
      if (!settings || !applies(name, settings, where)) return null;
      const hit = { ...settings };
      if (settings.times !== undefined) {
        settings.times -= 1;
        if (settings.times <= 0) active.delete(name);
        onChange();
      }
      return hit;
    },
  };
};
