import type { Integration } from '../../../../server/src/integrations/contract';
import type { ConnectedNumber, Registry } from '../../../../server/src/integrations/registry';
import type { Integrations } from '../../../../server/src/integrations/service';
import { createMediaLinks } from '../../../../server/src/media/links';
import { createSandbox } from '../../../../server/src/sandbox/service';
import type { SimulatorPort } from '../../../../server/src/sandbox/simulator-port';

const SCOPE = { organizationId: 1 };

/** A sandbox over numbers in memory and a simulator that remembers what it was told. */
const setUp = ({ enabled = true, load }: { enabled?: boolean; load?: () => SimulatorPort } = {}) => {
  const numbers: ConnectedNumber[] = [];
  const known = new Set<string>();
  const starts: number[] = [];
  const port = {
    async start() {
      starts.push(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      return 'http://127.0.0.1:1';
    },
    stop: async () => undefined,
    url: 'http://127.0.0.1:1',
    addNumber: ({ phoneNumberId }: { phoneNumberId: string }) => known.add(phoneNumberId),
    removeNumber: (id: string) => known.delete(id),
    numbers: () => [...known].map((phoneNumberId) => ({ phoneNumberId })),
    customers: {
      add() {
        throw new Error('Another customer has this phone');
      },
      get: () => ({ id: 'c1', portfolioId: 'organization-1' }),
      list: () => [],
    },
    faults: { list: () => [], set: () => undefined, clear: () => undefined },
    play: () => Promise.reject(new Error('No message wamid.X')),
    on: () => () => undefined,
  } as unknown as SimulatorPort;
  const sandbox = createSandbox({
    enabled,
    registry: { all: async () => numbers } as unknown as Registry,
    integrations: {
      async create(scope: typeof SCOPE, input: ConnectedNumber) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        const id = numbers.length + 1;
        numbers.push({ ...input, id, ...scope, webhookKey: `key${id}` });
        return { id: String(id), verifyToken: 'once' } as Integration;
      },
      findOne: async (_scope: unknown, id: number) => ({ id: String(id) }) as Integration,
    } as unknown as Integrations,
    load: load ?? (() => port),
    callbackUrl: (key) => `http://127.0.0.1:2/${key}`,
    links: createMediaLinks('secret', '/media', Date.now, 'simulator'),
    onChange: () => undefined,
    onConnected: () => undefined,
    hasConversations: async () => false,
    answer: async () => undefined,
    drawings: async () => new Map(),
  });
  return { sandbox, numbers, known, starts };
};

describe('the sandbox', () => {
  it('is one number and one simulator, however often and at once it is asked for', async () => {
    const { sandbox, numbers, starts, known } = setUp();
    const made = await Promise.all([sandbox.ensure(SCOPE), sandbox.ensure(SCOPE), sandbox.ensure(SCOPE)]);
    made.push(await sandbox.ensure(SCOPE));
    expect(new Set(made.map(({ id }) => id))).toEqual(new Set(['1']));
    expect({ numbers: numbers.length, starts: starts.length, known: known.size }).toEqual({
      numbers: 1,
      starts: 1,
      known: 1,
    });
    expect(made.every((integration) => !('verifyToken' in integration))).toBe(true);
  });

  it('starts nothing on a site without sandbox numbers', async () => {
    const { sandbox, starts } = setUp();
    await sandbox.sync();
    expect(starts).toEqual([]);
    expect(sandbox.url()).toBeNull();
  });

  it('forgets a number that is no sandbox any more', async () => {
    const { sandbox, numbers, known } = setUp();
    await sandbox.ensure(SCOPE);
    numbers[0].sandbox = false;
    await sandbox.sync();
    expect(known.size).toBe(0);
  });

  it('says so when it is switched off or not part of the build', async () => {
    await expect(setUp({ enabled: false }).sandbox.ensure(SCOPE)).rejects.toMatchObject({
      code: 'simulator_unavailable',
    });
    const broken = setUp({
      load() {
        throw new Error('The simulator is not part of this build; run "npm run build"');
      },
    });
    await expect(broken.sandbox.ensure(SCOPE)).rejects.toMatchObject({
      code: 'simulator_unavailable',
      message: expect.stringContaining('npm run build'),
    });
  });

  it("passes the simulator's complaints on as a wrong body", async () => {
    const { sandbox } = setUp();
    await sandbox.ensure(SCOPE);
    const taken = sandbox.addCustomer(SCOPE, { name: 'Ana', phone: '+34600555101' });
    await expect(taken).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('has this phone'),
    });
    const reaction = sandbox.play(SCOPE, 'c1', undefined, {
      type: 'reaction',
      messageId: 'wamid.X',
      emoji: '👍',
    });
    await expect(reaction).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('wamid.X'),
    });
  });

  it("does not show one tenant's numbers to another", async () => {
    const { sandbox } = setUp();
    await sandbox.ensure(SCOPE);
    expect((await sandbox.state({ organizationId: 2 })).numbers).toEqual([]);
    await expect(sandbox.thread({ organizationId: 2 }, 'c1')).rejects.toMatchObject({ code: 'not_found' });
  });
});
