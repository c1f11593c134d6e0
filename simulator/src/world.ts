import { EventEmitter } from 'node:events';
import { createScheduler, type Scheduler } from './clock';
import { createFaults, type FaultBoard } from './faults';
import { createIds, type Ids } from './ids';
import { resolveOptions, type Settings, type SimulatorOptions } from './options';
import type {
  AcceptedSend,
  ChangeEvent,
  Customer,
  NumberInput,
  PhoneMessage,
  RequestRecord,
  SimulatedTemplate,
  WebhookRecord,
} from './types';

/** A callback that wins over the app's. The verify token is used once and not kept. */
export type Override = string | null;

export interface NumberRecord extends NumberInput {
  appId: string;
  override: Override;
  profile: Record<string, unknown>;
  /** Ids of blocked customers, oldest first. */
  blocked: string[];
}

export interface AccountRecord {
  wabaId: string;
  name: string;
  override: Override;
  /** Apps whose `subscribed_apps` call was made. */
  subscribedApps: Set<string>;
  templates: SimulatedTemplate[];
  /** Names of approved templates that were deleted, with the time; they stay blocked for a while. */
  blockedNames: Map<string, number>;
}

export interface CustomerRecord extends Customer {
  waId: string | null;
  parentUserId: string | null;
  /** Made for an unknown `to` or a foreign webhook; not listed. */
  hidden: boolean;
}

export interface ThreadMessage extends Omit<PhoneMessage, 'media' | 'choices'> {
  /** What was sent under the type's key: buttons and rows that can be tapped. */
  content: unknown;
  opaque: string | null;
  pricingCategory: string | null;
  /** The customer opened the chat while it was on its way. */
  readOnArrival: boolean;
  /** What Meta will tell by a failed status; null: nothing goes wrong. */
  failure: { code: number; details: string } | null;
}

export interface Thread {
  customerId: string;
  phoneNumberId: string;
  messages: ThreadMessage[];
  /** ms of the last message that came from an ad; null = never. */
  enteredByAdAt: number | null;
  /** ms of the newest message that opens the customer service window; null = never wrote. */
  windowAnchor: number | null;
}

export interface MediaRecord {
  id: string;
  phoneNumberId: string;
  mimeType: string;
  fileName: string | null;
  sha256: string;
  bytes: Buffer;
  expiresAt: number;
}

/** An upload of Graph's resumable kind: it gives handles for templates and profile photos, no media ids. */
export interface UploadSession {
  id: string;
  type: string;
  length: number;
  bytes: Buffer;
}

/** A posting that has not been answered with 200 yet; enough to go on after a restart. */
export interface PendingDelivery {
  id: string;
  /** Whose callback and secret are used, looked up again at each attempt. */
  phoneNumberId: string;
  phoneNumberIds: string[];
  /** Template events ignore overrides. */
  appLevel: boolean;
  bytes: Buffer;
  kinds: string[];
  /** Customers' messages inside, for the tick on the phone. */
  outWamids: string[];
  attempt: number;
}

/** Everything the simulator knows, shared by its parts. */
export interface World {
  settings: Settings;
  scheduler: Scheduler;
  ids: Ids;
  faults: FaultBoard;
  /** `http://127.0.0.1:<port>`; empty until started. */
  origin: string;
  numbers: Map<string, NumberRecord>;
  accounts: Map<string, AccountRecord>;
  customers: Map<string, CustomerRecord>;
  threads: Map<string, Thread>;
  wamids: Map<string, { thread: Thread; message: ThreadMessage }>;
  media: Map<string, MediaRecord>;
  /** Resumable uploads that are not complete; they do not outlive the process. */
  uploads: Map<string, UploadSession>;
  /** Handles that finished uploads gave. */
  handles: Set<string>;
  /** Postings under way or waiting for their next attempt. */
  pending: Map<string, PendingDelivery>;
  accepted: AcceptedSend[];
  requests: RequestRecord[];
  webhooks: WebhookRecord[];
  changed(event: ChangeEvent): void;
  onChange(listener: (event: ChangeEvent) => void): () => void;
}

export const createWorld = (options: SimulatorOptions): World => {
  const settings = resolveOptions(options);
  const emitter = new EventEmitter().setMaxListeners(0);
  const changed = (event: ChangeEvent): void => {
    emitter.emit('change', event);
  };
  return {
    settings,
    scheduler: createScheduler(settings.clock, settings.onError),
    ids: createIds(settings.seed),
    faults: createFaults(() => changed({ kind: 'fault' })),
    origin: '',
    numbers: new Map(),
    accounts: new Map(),
    customers: new Map(),
    threads: new Map(),
    wamids: new Map(),
    media: new Map(),
    uploads: new Map(),
    handles: new Set(),
    pending: new Map(),
    accepted: [],
    requests: [],
    webhooks: [],
    changed,
    onChange: (listener) => {
      emitter.on('change', listener);
      return () => emitter.off('change', listener);
    },
  };
};

/** Appends to a bounded history: the oldest entries leave. */
export const remember = <T>(world: World, history: T[], entry: T): T => {
  history.push(entry);
  if (history.length > world.settings.historyLimit)
    history.splice(0, history.length - world.settings.historyLimit);
  return entry;
};
