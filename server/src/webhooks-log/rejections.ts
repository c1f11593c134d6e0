import ipaddr from 'ipaddr.js';
import { WhatsAppError } from '../errors';

/** A call that nobody here signed. */
export interface RejectedCall {
  address?: string;
  signature: string | undefined;
  path?: string;
}

/** What a row of the log says about all rejected calls of one hour and kind. */
export interface RejectedHour {
  /** Start of the hour, ms. */
  hour: number;
  signature: 'missing' | 'invalid';
  path: string | null;
  count: number;
  /** Calls per address, the busiest ones only. */
  addresses: Record<string, number>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Addresses told apart at a time. An attacker with more of them is counted as one. */
const MAX_ADDRESSES = 1_000;
const SHOWN_ADDRESSES = 10;
const OTHERS = 'others';

/** One IPv6 customer has at least a /64: its addresses count as one. */
const groupOf = (address: string | undefined): string => {
  if (address === undefined || !ipaddr.isValid(address)) return OTHERS;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = (parsed as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
};

const add = (counts: Map<string, number>, address: string): number => {
  const key = counts.has(address) || counts.size < MAX_ADDRESSES ? address : OTHERS;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
};

const busiest = (counts: Map<string, number>): Record<string, number> => {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const rest = sorted.slice(SHOWN_ADDRESSES).reduce((sum, [, count]) => sum + count, 0);
  const shown = Object.fromEntries(sorted.slice(0, SHOWN_ADDRESSES));
  return rest > 0 ? { ...shown, [OTHERS]: (shown[OTHERS] ?? 0) + rest } : shown;
};

interface Hour {
  path: string | null;
  count: number;
  addresses: Map<string, number>;
  written: number;
}

/**
 * Counts calls that nobody signed, in memory and bounded: what reaches the database is one row per hour and kind, however
 * many come. Who sends more than `perMinute` of them is answered 429. A signed call is never held up by it: behind a proxy
 * Meta and an attacker may share an address.
 */
export const createRejections = (now: () => number, perMinute: number) => {
  let minute = -1;
  let recent = new Map<string, number>();
  const hours = new Map<string, Hour>();
  let total = 0;

  const hourOf = (at: number, call: RejectedCall): Hour => {
    const signature = call.signature === undefined ? 'missing' : 'invalid';
    const key = `${Math.floor(at / HOUR_MS) * HOUR_MS}:${signature}`;
    let hour = hours.get(key);
    if (!hour) {
      hour = { path: call.path ?? null, count: 0, addresses: new Map(), written: 0 };
      hours.set(key, hour);
    }
    return hour;
  };

  return {
    /** Counts a call; the refusal to answer instead of 401 when its sender keeps trying, otherwise null. */
    note(call: RejectedCall): WhatsAppError | null {
      const at = now();
      const address = groupOf(call.address);
      total += 1;
      const hour = hourOf(at, call);
      hour.count += 1;
      add(hour.addresses, address);
      if (Math.floor(at / MINUTE_MS) !== minute) {
        minute = Math.floor(at / MINUTE_MS);
        recent = new Map();
      }
      if (add(recent, address) <= perMinute) return null;
      const retryAfterSeconds = Math.ceil(((minute + 1) * MINUTE_MS - at) / 1000);
      return new WhatsAppError('rate_limit_exceeded', 'Too many calls that are not signed.', {
        retryAfterSeconds,
      });
    },
    /** Hours with something new since they were last taken; past ones are forgotten once written. */
    take(): RejectedHour[] {
      const due: RejectedHour[] = [];
      for (const [key, hour] of hours) {
        const [start, signature] = key.split(':') as [string, RejectedHour['signature']];
        if (hour.count > hour.written) {
          const { path, count, addresses } = hour;
          due.push({ hour: Number(start), signature, path, count, addresses: busiest(addresses) });
          hour.written = count;
        } else if (now() - Number(start) > HOUR_MS) hours.delete(key);
      }
      return due;
    },
    /** Since the start of this process. */
    total: (): number => total,
  };
};
