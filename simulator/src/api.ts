import type { Customers } from './customers';
import type { Faults } from './faults';
import type { Templates } from './templates';
import type {
  AcceptedSend,
  AccountInput,
  ChangeEvent,
  NumberInput,
  PhoneMessage,
  PlayAction,
  RequestRecord,
  StatusInput,
  WebhookRecord,
} from './types';

export interface SimulatedNumber {
  phoneNumberId: string;
  wabaId: string;
  displayPhoneNumber: string;
  verifiedName: string;
  appId: string;
}

export interface Simulator {
  /** Opens the port and goes on with undelivered webhooks of an earlier run. Resolves with the origin. */
  start(): Promise<string>;
  /** Closes the port, drops timers, writes the state file. What was not delivered stays for the next start. */
  stop(): Promise<void>;
  /** `http://127.0.0.1:<port>`. @throws before `start()` */
  readonly url: string;

  addAccount(input: AccountInput): void;
  /** A known `phoneNumberId` gets the new values; its threads stay. */
  addNumber(input: NumberInput): SimulatedNumber;
  /** Threads stay for the day it comes back, unless `forget`. */
  removeNumber(phoneNumberId: string, options?: { forget?: boolean }): void;
  numbers(): SimulatedNumber[];
  /** Meta's GET check against the number's callback with its verify token. */
  verifyCallback(phoneNumberId: string): Promise<boolean>;

  customers: Customers;
  templates: Templates;
  faults: Faults;

  /** Lets a customer act. Resolves once the webhook is queued. Rejects for unknown customer, number or message. */
  play(customerId: string, phoneNumberId: string, action: PlayAction): Promise<{ wamid: string }>;
  /** The customer looks at the chat: `read` statuses follow. */
  openChat(customerId: string, phoneNumberId: string): void;
  /** What the customer's phone shows, oldest first. */
  thread(customerId: string, phoneNumberId: string): PhoneMessage[];

  /** A file of a message, by the id in `thread()`. Undefined when it is unknown or has expired. */
  media(
    id: string,
  ): { phoneNumberId: string; mimeType: string; fileName: string | null; bytes: Buffer } | undefined;
  /** Posts one status by hand, whatever came before. @throws for a message that the business did not send */
  status(input: StatusInput): void;
  /** Posts an account-level event to the app's callback: `phone_number_quality_update`, `account_update` … */
  announce(phoneNumberId: string, field: string, value: Record<string, unknown>): void;

  /**
   * Posts a webhook as it is: an object in Meta's byte style, or bytes untouched. Its messages become known, so that
   * replies and read receipts find them. Resolves with the receiver's status, null when it was not reached. Never retried.
   */
  postWebhook(
    phoneNumberId: string,
    payload: unknown,
    options?: { signature?: string | null },
  ): Promise<number | null>;
  /** Waits until every planned status and every webhook is through. Rejects after `timeoutMs` when given. */
  idle(timeoutMs?: number): Promise<void>;
  settled(timeoutMs?: number): Promise<void>;

  /** Every accepted send, also those whose answer was lost. */
  readonly accepted: readonly AcceptedSend[];
  readonly requests: readonly RequestRecord[];
  readonly webhooks: readonly WebhookRecord[];
  /** Returns a function that ends the listening. */
  on(event: 'change', listener: (change: ChangeEvent) => void): () => void;
}
