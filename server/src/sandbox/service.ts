import { randomInt } from 'node:crypto';
import { invalid, notFound, WhatsAppError } from '../errors';
import type { Integration } from '../integrations/contract';
import type { Registry, ConnectedNumber } from '../integrations/registry';
import type { Integrations } from '../integrations/service';
import type { MediaLinks } from '../media/links';
import { randomToken } from '../storage/ids';
import type { Scope } from '../storage/scope';
import type { RenderedTemplate } from '../templates/render';
import type {
  AddCustomer,
  DecideTemplate,
  PhoneMessage,
  PlayCustomer,
  SetFault,
  SimulatedCustomer,
  SimulatedTemplate,
  SimulatorState,
} from './contract';
import { playSampleCustomers } from './samples';
import type { PhoneFile } from './send-file';
import type { SimulatedMessage, SimulatorPort } from './simulator-port';

interface Deps {
  enabled: boolean;
  registry: Registry;
  integrations: Integrations;
  load(): SimulatorPort;
  /** Address of our own webhook on loopback; null while the server does not listen on a port. */
  callbackUrl(webhookKey: string): string | null;
  /** Signed addresses of the files on the phones. */
  links: MediaLinks;
  /** A phone changed: tell the pages that show one. */
  onChange(): void;
  /** The sandbox number was made, and the simulator knows it: it can be read. */
  onConnected(): void;
  hasConversations(scope: Scope): Promise<boolean>;
  /** How templates of a number were filled in, by wamid: the phone shows what the thread shows. */
  drawings(scope: Scope, integrationId: number, wamids: string[]): Promise<Map<string, RenderedTemplate>>;
  answer(scope: Scope, customer: { phone: string | null; userId: string }, text: string): Promise<void>;
}

/** Digits that no real number has: Meta's ids are given out, these start where theirs do not. */
const metaLikeId = (): string => `9${Array.from({ length: 14 }, () => randomInt(10)).join('')}`;

/** An organization plays with its own people; another one's may have the same phone numbers. */
const portfolioOf = (organizationId: number): string => `organization-${organizationId}`;

/** The simulator complains in plain words about what it cannot use; to a caller that is a wrong body. */
const refused = (error: unknown): never => {
  throw invalid([{ path: '', message: error instanceof Error ? error.message : String(error) }]);
};
const understood = <T>(work: () => T): T => {
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(refused) as T) : result;
  } catch (error) {
    return refused(error);
  }
};

/** Calls for the same tenant while one is under way share its result. */
const once = <T>(work: (scope: Scope) => Promise<T>) => {
  const underWay = new Map<number, Promise<T>>();
  return (scope: Scope): Promise<T> => {
    const key = scope.organizationId;
    const running = underWay.get(key) ?? work(scope).finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  };
};

export const createSandbox = (deps: Deps) => {
  let simulator: SimulatorPort | null = null;
  let starting: Promise<SimulatorPort> | null = null;
  let stopListening: (() => void) | null = null;

  const off = (): WhatsAppError =>
    new WhatsAppError(
      'simulator_unavailable',
      'The built-in simulator is switched off (config simulator.enabled).',
    );

  const load = (): SimulatorPort => {
    try {
      return deps.load();
    } catch (error) {
      throw new WhatsAppError('simulator_unavailable', (error as Error).message);
    }
  };

  const start = async (): Promise<SimulatorPort> => {
    const loaded = load();
    await loaded.start();
    stopListening = loaded.on('change', deps.onChange);
    simulator = loaded;
    return loaded;
  };

  const running = async (): Promise<SimulatorPort> => {
    if (!deps.enabled) throw off();
    if (simulator) return simulator;
    starting ??= start().finally(() => {
      starting = null;
    });
    return starting;
  };

  const register = (port: SimulatorPort, number: ConnectedNumber): void => {
    const callbackUrl = deps.callbackUrl(number.webhookKey);
    if (!callbackUrl || !number.accessToken || !number.appSecret) return;
    port.addNumber({
      phoneNumberId: number.phoneNumberId,
      wabaId: number.businessAccountId,
      displayPhoneNumber: number.phoneNumber,
      verifiedName: number.name,
      accessToken: number.accessToken,
      appSecret: number.appSecret,
      callbackUrl,
      portfolioId: portfolioOf(number.organizationId),
      ...(number.verifyToken ? { verifyToken: number.verifyToken } : {}),
    });
  };

  /** Brings the simulator's numbers in line with the sandbox numbers that exist; starts it when there are any. */
  const sync = async (): Promise<void> => {
    if (!deps.enabled) return;
    const numbers = (await deps.registry.all()).filter((number) => number.sandbox);
    if (numbers.length === 0 && !simulator) return;
    const port = await running();
    for (const { phoneNumberId } of port.numbers()) {
      if (!numbers.some((number) => number.phoneNumberId === phoneNumberId)) port.removeNumber(phoneNumberId);
    }
    numbers.forEach((number) => register(port, number));
  };

  const numbersOf = async (scope: Scope): Promise<ConnectedNumber[]> =>
    (await deps.registry.all()).filter((n) => n.sandbox && n.organizationId === scope.organizationId);

  const numberOf = async (scope: Scope, phoneNumberId: string | undefined): Promise<ConnectedNumber> => {
    const numbers = await numbersOf(scope);
    const number =
      phoneNumberId === undefined ? numbers[0] : numbers.find((n) => n.phoneNumberId === phoneNumberId);
    if (!number) throw notFound('Sandbox number');
    return number;
  };

  const phone = async (scope: Scope, customerId: string): Promise<SimulatorPort> => {
    const port = await running();
    const customer = port.customers.get(customerId);
    if (customer?.portfolioId !== portfolioOf(scope.organizationId)) throw notFound('Customer');
    return port;
  };

  const state = async (scope: Scope): Promise<SimulatorState> => {
    const numbers = await numbersOf(scope);
    const shown = numbers.map((number) => ({
      integrationId: String(number.id),
      phoneNumberId: number.phoneNumberId,
      name: number.name,
      phoneNumber: number.phoneNumber,
    }));
    if (!simulator) return { running: false, numbers: shown, customers: [], faults: [] };
    const port = simulator;
    const customers = port.customers.list(portfolioOf(scope.organizationId)).map((customer) => {
      const messages = numbers.flatMap((number) => port.thread(customer.id, number.phoneNumberId));
      const last = messages.reduce<SimulatedMessage | null>((a, b) => (a && a.at > b.at ? a : b), null);
      const unread = messages.filter(
        (m) => m.direction === 'in' && m.state !== 'read' && m.state !== 'failed',
      ).length;
      const { id, name, phone: number, username, userId } = customer;
      return {
        id,
        name,
        phone: number,
        username,
        userId,
        unread,
        lastText: last?.text ?? null,
        lastAt: last?.at ?? null,
      };
    });
    return {
      running: true,
      numbers: shown,
      customers,
      faults: port.faults.list(numbers[0]?.phoneNumberId ?? ''),
    };
  };

  const make = async (scope: Scope): Promise<Integration> => {
    await running();
    const [existing] = await numbersOf(scope);
    if (existing) {
      await sync();
      return deps.integrations.findOne(scope, existing.id);
    }
    const integration = await deps.integrations.create(scope, {
      name: 'Sandbox',
      phoneNumber: '+15550100100',
      phoneNumberId: metaLikeId(),
      businessAccountId: metaLikeId(),
      accessToken: `SANDBOX${randomToken(48)}`,
      appSecret: randomToken(32),
      sandbox: true,
      active: true,
    });
    await sync();
    deps.onConnected();
    const { verifyToken: _once, ...shown } = integration;
    return shown;
  };

  /** A double click makes one number: the second caller waits for the first one's. */
  const ensure = once(make);

  const playSamples = once(async (scope: Scope): Promise<boolean> => {
    if (await deps.hasConversations(scope)) return false;
    await ensure(scope);
    const [number] = await numbersOf(scope);
    await playSampleCustomers({
      simulator: await running(),
      phoneNumberId: number.phoneNumberId,
      portfolioId: portfolioOf(scope.organizationId),
      answer: (customer, text) => deps.answer(scope, customer, text),
    });
    return true;
  });

  const templates = async (scope: Scope): Promise<SimulatedTemplate[]> => {
    const port = simulator;
    if (!port) return [];
    const accounts = new Set((await numbersOf(scope)).map(({ businessAccountId }) => businessAccountId));
    return [...accounts].flatMap((account) =>
      port.templates.list(account).map(({ id, name, language, category, status, quality = 'UNKNOWN' }) => ({
        id,
        name,
        language,
        category,
        status,
        quality,
      })),
    );
  };

  return {
    templates,
    /** Plays Meta's review: what is decided comes back as a webhook. */
    async decideTemplate(
      scope: Scope,
      id: string,
      decision: DecideTemplate.Body,
    ): Promise<SimulatedTemplate[]> {
      if (!(await templates(scope)).some((template) => template.id === id)) throw notFound('Template');
      (await running()).templates.decide(id, decision);
      return templates(scope);
    },
    /** The sandbox number, made on the first call. */
    ensure,
    sync,
    state,
    async addCustomer(scope: Scope, input: AddCustomer.Body): Promise<SimulatedCustomer> {
      const port = await running();
      const {
        id,
        name,
        phone: number,
        username,
        userId,
      } = understood(() => port.customers.add({ ...input, portfolioId: portfolioOf(scope.organizationId) }));
      return { id, name, phone: number, username, userId };
    },
    async thread(scope: Scope, customerId: string, phoneNumberId?: string): Promise<PhoneMessage[]> {
      const number = await numberOf(scope, phoneNumberId);
      const messages = (await phone(scope, customerId)).thread(customerId, number.phoneNumberId);
      const templates = messages.filter(({ type, direction }) => type === 'template' && direction === 'in');
      const drawings = await deps.drawings(
        scope,
        number.id,
        templates.map(({ wamid }) => wamid),
      );
      return messages.map(({ media, ...message }) => ({
        ...message,
        template: drawings.get(message.wamid) ?? null,
        media: media && {
          url: deps.links.to(media.id),
          mimeType: media.mimeType,
          fileName: media.fileName,
        },
      }));
    },
    async play(
      scope: Scope,
      customerId: string,
      phoneNumberId: string | undefined,
      action: PlayCustomer.Body,
    ) {
      const number = await numberOf(scope, phoneNumberId);
      const port = await phone(scope, customerId);
      const played =
        action.type === 'referral'
          ? { type: 'text' as const, text: action.text ?? 'Hello! I saw your ad.', referral: {} }
          : action;
      return understood(() => port.play(customerId, number.phoneNumberId, played));
    },
    async openChat(scope: Scope, customerId: string, phoneNumberId?: string): Promise<void> {
      const number = await numberOf(scope, phoneNumberId);
      (await phone(scope, customerId)).openChat(customerId, number.phoneNumberId);
    },
    /** A file of a phone, behind the link that `thread` gave. @throws media_link_invalid, not_found */
    media(mediaId: string, query: Record<string, unknown>): PhoneFile {
      if (!deps.links.isValid(mediaId, query))
        throw new WhatsAppError('media_link_invalid', 'This link has expired. Open the phone again.');
      const media = simulator?.media(mediaId);
      if (!media) throw notFound('File');
      return media;
    },
    async setFault(
      scope: Scope,
      { name, active, times, delayMs, code }: SetFault.Body,
    ): Promise<SimulatorState> {
      const port = await running();
      if (!port.faults.list().some((fault) => fault.name === name)) throw notFound('Fault');
      for (const { phoneNumberId } of await numbersOf(scope)) {
        if (active) understood(() => port.faults.set(name, { phoneNumberId, times, delayMs, code }));
        else port.faults.clear(name, phoneNumberId);
      }
      return state(scope);
    },
    async clearFaults(scope: Scope): Promise<SimulatorState> {
      const port = await running();
      for (const { phoneNumberId } of await numbersOf(scope)) port.faults.clear(undefined, phoneNumberId);
      return state(scope);
    },
    /** Lets a few customers write in, once: does nothing when there is any conversation. */
    playSamples,
    /** Where sandbox numbers send to; null while the simulator does not run. */
    url: (): string | null => simulator?.url ?? null,
    async stop(): Promise<void> {
      stopListening?.();
      await simulator?.stop();
      simulator = null;
    },
  };
};

export type Sandbox = ReturnType<typeof createSandbox>;
