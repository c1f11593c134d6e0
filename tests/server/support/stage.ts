/** A booted Strapi with numbers that the simulator serves: what most integration tests start from. */
import { createSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/src';
import { bootStrapi, type BootedStrapi, type BootOptions } from '../../helpers/strapi';
import { adminToken, apiToken } from '../../helpers/people';

export interface TestNumber {
  id: string;
  phoneNumberId: string;
  phoneNumber: string;
  businessAccountId: string;
  accessToken: string;
  appSecret: string;
  webhookUrl: string;
}

export interface Stage extends BootedStrapi {
  simulator: Simulator;
  number: TestNumber;
  /** Authorization header of a super admin. */
  admin: Record<string, string>;
  /** Authorization header of a full-access API token. */
  token: Record<string, string>;
  /** Connected with the stage's token, or with another's. */
  addNumber(
    over?: Partial<TestNumber> & { name?: string; phoneNumber?: string },
    headers?: Record<string, string>,
  ): Promise<TestNumber>;
}

let serial = 0;

export interface StageOptions extends BootOptions {
  simulator?: SimulatorOptions;
  /**
   * `always`: open day and night, so that what a test sends does not wait for the morning. `usual`: as they ship.
   * Default `always`.
   */
  hours?: 'always' | 'usual';
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Business hours that are the same on every day, for all organizations that there are. */
export const openDaily = async ({ strapi }: BootedStrapi, from: string, to: string): Promise<void> => {
  const hours = Object.fromEntries(WEEK.map((day) => [day, [{ from, to }]]));
  await strapi.db.connection('whatsapp_organizations').update({ business_hours: JSON.stringify(hours) });
};

export const setStage = async (options: StageOptions = {}): Promise<Stage> => {
  const booted = await bootStrapi(options);
  if (options.hours !== 'usual') await openDaily(booted, '00:00', '24:00');
  const simulator = createSimulator({
    seed: 7,
    batchWindowMs: 1,
    pace: { sent: 20, delivered: 40, read: null },
    retry: { firstMs: 50, factor: 1.5, maxMs: 500, attempts: 40 },
    ...options.simulator,
  });
  await simulator.start();
  const admin = { Authorization: `Bearer ${await adminToken(booted.strapi)}` };
  const token = { Authorization: `Bearer ${await apiToken(booted.strapi, { type: 'full-access' })}` };

  const addNumber: Stage['addNumber'] = async (over = {}, headers = token) => {
    serial += 1;
    const input = {
      name: over.name ?? `Shop ${serial}`,
      phoneNumber: over.phoneNumber ?? `+1415555${String(1000 + serial)}`,
      phoneNumberId: over.phoneNumberId ?? `77700000${String(100000 + serial)}`,
      businessAccountId: over.businessAccountId ?? `88800000${String(100000 + serial)}`,
      accessToken: over.accessToken ?? `EAAtesttoken${serial}abcd${serial}`,
      appSecret: over.appSecret ?? `app-secret-${serial}-0123456789`,
    };
    const { body } = await booted.http
      .post('/api/whatsapp/integrations')
      .set(headers)
      .send({ ...input, endpointUrl: `${simulator.url}/v25.0` })
      .expect(201);
    simulator.addNumber({
      phoneNumberId: input.phoneNumberId,
      wabaId: input.businessAccountId,
      displayPhoneNumber: input.phoneNumber,
      verifiedName: input.name,
      accessToken: input.accessToken,
      appSecret: input.appSecret,
      callbackUrl: body.data.webhookUrl,
      verifyToken: body.data.verifyToken,
    });
    return { ...input, id: body.data.id, webhookUrl: body.data.webhookUrl };
  };

  const number = await addNumber();
  return {
    ...booted,
    simulator,
    number,
    admin,
    token,
    addNumber,
    async stop() {
      await simulator.stop();
      await booted.stop();
    },
  };
};

/** Asks until it holds; fails with the last answer after `timeoutMs`, which a busy machine must not reach. */
export const until = async <T>(
  ask: () => Promise<T> | T,
  holds: (value: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> => {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`Did not come true in time; last: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
