import { existsSync } from 'node:fs';
import path from 'node:path';
import type {
  DecideTemplate,
  PhoneMessage,
  PlayCustomer,
  SimulatedCustomer,
  SimulatedTemplate,
  SimulatorFault,
} from './contract';

/** What the simulator's own customers can do. */
export type SimulatedAction = Exclude<PlayCustomer.Body, { type: 'referral' }>;

/** As the simulator has it: files by their media id. */
export type SimulatedMessage = Omit<PhoneMessage, 'media' | 'template'> & {
  media: { id: string; mimeType: string; fileName: string | null } | null;
};

/** The part of the simulator that the plugin uses. It is built on its own and knows nothing of Strapi. */
export interface SimulatorPort {
  start(): Promise<string>;
  stop(): Promise<void>;
  readonly url: string;
  addNumber(number: {
    phoneNumberId: string;
    wabaId: string;
    displayPhoneNumber: string;
    verifiedName: string;
    accessToken: string;
    appSecret: string;
    callbackUrl: string;
    verifyToken?: string;
    /** People belong to the numbers of one portfolio and are unknown to all others. */
    portfolioId: string;
  }): unknown;
  removeNumber(phoneNumberId: string): void;
  numbers(): { phoneNumberId: string }[];
  customers: {
    add(input: {
      name: string;
      phone?: string | null;
      username?: string | null;
      portfolioId: string;
    }): SimulatedCustomer;
    list(portfolioId: string): SimulatedCustomer[];
    get(id: string): (SimulatedCustomer & { portfolioId: string }) | undefined;
  };
  templates: {
    list(wabaId: string): (Omit<SimulatedTemplate, 'quality'> & { quality?: string })[];
    decide(templateId: string, decision: DecideTemplate.Body): void;
  };
  faults: {
    set(
      name: string,
      settings: { phoneNumberId: string; times?: number; delayMs?: number; code?: number },
    ): unknown;
    clear(name: string | undefined, phoneNumberId: string): void;
    list(phoneNumberId?: string): SimulatorFault[];
  };
  /** `at` (ms) writes with an older timestamp. */
  play(
    customerId: string,
    phoneNumberId: string,
    action: SimulatedAction & { at?: number },
  ): Promise<{ wamid: string }>;
  openChat(customerId: string, phoneNumberId: string): void;
  thread(customerId: string, phoneNumberId: string): SimulatedMessage[];
  media(
    id: string,
  ): { phoneNumberId: string; mimeType: string; fileName: string | null; bytes: Buffer } | undefined;
  idle(timeoutMs?: number): Promise<void>;
  on(event: 'change', listener: () => void): () => void;
}

interface SimulatorModule {
  createSimulator(options: { stateFile: string; onError(error: Error): void }): SimulatorPort;
}

/** Loads the bundled simulator when somebody wants it, so that a production site never pays for it. */
export const loadSimulator = (options: Parameters<SimulatorModule['createSimulator']>[0]): SimulatorPort => {
  // Beside the server bundle: dist/server/index.js and dist/simulator/index.js.
  const file = [
    path.join(__dirname, '../simulator/index.js'),
    path.join(__dirname, '../../simulator/index.js'),
  ].find((candidate) => existsSync(candidate));
  if (!file) throw new Error('The simulator is not part of this build; run "npm run build"');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a path known only at run time
  return (require(file) as SimulatorModule).createSimulator(options);
};
