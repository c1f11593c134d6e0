import { systemClock, type Clock } from './clock';
import type { Pace, RetryOptions } from './types';

export interface SimulatorOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. Another host opens the simulator to the network. */
  host?: string;
  /** Default sent 150, delivered 400, read null. */
  pace?: Partial<Pace>;
  /** ms in which updates gather into one posting. Default 20. */
  batchWindowMs?: number;
  /** Most updates in one posting. Default 1000, like Meta. */
  maxBatch?: number;
  /** Default: 500 ms, doubled up to a minute, 20 attempts. */
  retry?: Partial<RetryOptions>;
  /** ms until a posting without an answer counts as failed. Default 10 000. */
  webhookTimeoutMs?: number;
  /** A `to` that is no customer: `accept` makes an invisible one (default), `131026` fails by status. */
  unknownRecipients?: 'accept' | '131026';
  /** false: free-form sends pass outside the 24-hour window. Default true. */
  enforceWindow?: boolean;
  /** ms until a created template is approved; null = stays PENDING. Default 1500. */
  templateReviewMs?: number | null;
  /** Most templates of an account. Default 250, as for a business that is not verified. */
  templateLimit?: number;
  /** Serves `/_simulator/*`. Default false; the command switches it on. */
  control?: boolean;
  /** JSON file for customers, threads and undelivered webhooks; media lie beside it in `<file>.media/`. Default: memory only. */
  stateFile?: string;
  /** Same seed, same ids. Default: random. */
  seed?: number;
  clock?: Clock;
  /** Most kept entries of `requests` and `webhooks`. Default 5000. */
  historyLimit?: number;
  /** A fault of the simulator itself in a background task. Default: thrown, so that it cannot be missed. */
  onError?: (error: Error) => void;
}

export interface Settings extends Required<Omit<SimulatorOptions, 'pace' | 'retry' | 'stateFile' | 'seed'>> {
  pace: Pace;
  retry: RetryOptions;
  stateFile: string | null;
  seed: number;
}

const throwLater = (error: Error): void => {
  setImmediate(() => {
    throw error;
  });
};

/** Fills in every default. */
export const resolveOptions = (options: SimulatorOptions): Settings => ({
  port: options.port ?? 0,
  host: options.host ?? '127.0.0.1',
  pace: { sent: 150, delivered: 400, read: null, ...options.pace },
  batchWindowMs: options.batchWindowMs ?? 20,
  maxBatch: options.maxBatch ?? 1000,
  retry: { firstMs: 500, factor: 2, maxMs: 60_000, attempts: 20, ...options.retry },
  webhookTimeoutMs: options.webhookTimeoutMs ?? 10_000,
  unknownRecipients: options.unknownRecipients ?? 'accept',
  enforceWindow: options.enforceWindow ?? true,
  templateReviewMs: options.templateReviewMs === undefined ? 1500 : options.templateReviewMs,
  templateLimit: options.templateLimit ?? 250,
  control: options.control ?? false,
  stateFile: options.stateFile ?? null,
  seed: options.seed ?? Math.floor(Math.random() * 2 ** 32),
  clock: options.clock ?? systemClock,
  historyLimit: options.historyLimit ?? 5000,
  onError: options.onError ?? throwLater,
});
