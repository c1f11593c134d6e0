import type { Message, MessageError } from './api-types';
import type { JobContent } from './job-content';
import { ApiError } from '../api/client';
import { backoffDelay } from '../realtime/backoff';

export interface OutboxJob {
  conversationId: string;
  clientKey: string;
  content: JobContent;
  replyTo: string | null;
  /** ISO; absent: at once. */
  scheduledAt?: string;
  /** With `scheduledAt`: dropped when the person writes before. */
  cancelOnReply?: boolean;
  /** ms since 1970, this browser's clock. */
  createdAt: number;
}

export interface OutboxDeps {
  /** May take its time over a file that is still on its way: what was typed later waits behind it. */
  send(job: OutboxJob): Promise<Message>;
  onSent(job: OutboxJob, message: Message): void;
  onFailed(job: OutboxJob, error: MessageError): void;
  /** Called with all unfinished jobs whenever they change, so that they survive a reload. */
  save(jobs: OutboxJob[]): void;
  wait?: (ms: number) => Promise<void>;
}

const ATTEMPTS = 6;

/** No answer, or a gateway's answer in the server's stead: the request may be repeated with the same client key. */
const isUnanswered = (cause: unknown): boolean =>
  !(cause instanceof ApiError) || cause.status === null || [429, 502, 503, 504].includes(cause.status);

const toMessageError = (cause: unknown): MessageError => {
  const error = cause instanceof ApiError ? cause : null;
  return {
    code: isUnanswered(cause) ? 'network' : (error?.code ?? 'unexpected'),
    title: '',
    message: error?.message ?? String(cause),
    hint: null,
    retryable: true,
  };
};

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Sends what people type. Per conversation one request is under way and the rest wait behind it, so the typed order
 * is the sent order. A request without an answer is repeated with the same client key, on which the server is
 * idempotent; a refusal marks its message and lets the next one pass.
 */
export const createOutbox = (deps: OutboxDeps) => {
  const lanes = new Map<string, OutboxJob[]>();
  const failed = new Map<string, OutboxJob>();
  const busy = new Set<string>();
  const wait = deps.wait ?? sleep;
  let stopped = false;

  const save = () => deps.save([...failed.values(), ...[...lanes.values()].flat()]);

  const deliver = async (job: OutboxJob): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const message = await deps.send(job);
        deps.onSent(job, message);
        return;
      } catch (cause) {
        if (stopped) return;
        if (!isUnanswered(cause) || attempt === ATTEMPTS) {
          failed.set(job.clientKey, job);
          deps.onFailed(job, toMessageError(cause));
          return;
        }
        await wait(backoffDelay(attempt));
        if (stopped) return;
      }
    }
  };

  const run = async (conversationId: string): Promise<void> => {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    const lane = lanes.get(conversationId) ?? [];
    while (lane.length > 0 && !stopped) {
      await deliver(lane[0]!);
      if (stopped) return;
      lane.shift();
      save();
    }
    busy.delete(conversationId);
    lanes.delete(conversationId);
  };

  const enqueue = (job: OutboxJob) => {
    const lane = lanes.get(job.conversationId) ?? [];
    lanes.set(job.conversationId, lane);
    lane.push(job);
    save();
    void run(job.conversationId);
  };

  return {
    enqueue,
    /** Puts a failed job back at the end of its lane; false when it is not known here. */
    retry(clientKey: string): boolean {
      const job = failed.get(clientKey);
      if (!job) return false;
      failed.delete(clientKey);
      enqueue(job);
      return true;
    },
    /** Forgets a failed job. */
    discard(clientKey: string): void {
      if (failed.delete(clientKey)) save();
    },
    /** Keeps a job of an earlier visit as failed, so that the person decides. */
    park(job: OutboxJob): void {
      failed.set(job.clientKey, job);
      save();
    },
    /** Saves once more: something about a job changed that it does not know of. */
    persist: save,
    stop(): void {
      stopped = true;
    },
  };
};

export type Outbox = ReturnType<typeof createOutbox>;
