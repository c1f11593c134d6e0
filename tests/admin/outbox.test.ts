import { ApiError } from '../../admin/src/api/client';
import { createOutbox, type OutboxDeps, type OutboxJob } from '../../admin/src/messages/outbox';
import { aMessage } from './helpers/things';

jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: jest.fn() }));

const job = (clientKey: string, conversationId = 'c1'): OutboxJob => ({
  conversationId,
  clientKey,
  content: { type: 'text', body: clientKey },
  replyTo: null,
  createdAt: 0,
});
const offline = () => new ApiError('Failed to fetch', null, 'network');
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

const setUp = (send: OutboxDeps['send']) => {
  const log: string[] = [];
  const saved: string[][] = [];
  const outbox = createOutbox({
    send: async (sent) => {
      log.push(`→ ${sent.clientKey}`);
      return send(sent);
    },
    onSent: ({ clientKey }) => log.push(`✓ ${clientKey}`),
    onFailed: ({ clientKey }, error) => log.push(`✗ ${clientKey} ${error.code}`),
    save: (jobs) => saved.push(jobs.map(({ clientKey }) => clientKey)),
    wait: async () => undefined,
  });
  return { outbox, log, saved };
};

describe('outbox', () => {
  it('sends ten fast messages in typed order, one at a time', async () => {
    let open = 0;
    let most = 0;
    const { outbox, log } = setUp(async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
      open -= 1;
      return aMessage();
    });
    const keys = Array.from({ length: 10 }, (_, index) => `k${index}`);
    keys.forEach((key) => outbox.enqueue(job(key)));
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(log).toEqual(keys.flatMap((key) => [`→ ${key}`, `✓ ${key}`]));
    expect(most).toBe(1);
  });

  it('does not let conversations wait for each other', async () => {
    const { outbox, log } = setUp(({ conversationId }) =>
      conversationId === 'slow' ? new Promise(() => undefined) : Promise.resolve(aMessage()),
    );
    outbox.enqueue(job('a', 'slow'));
    outbox.enqueue(job('b', 'fast'));
    await settled();
    expect(log).toContain('✓ b');
  });

  it('repeats an unanswered request with the same client key', async () => {
    let attempts = 0;
    const { outbox, log } = setUp(async () => {
      attempts += 1;
      if (attempts < 3) throw offline();
      return aMessage();
    });
    outbox.enqueue(job('a'));
    await settled();
    expect(log).toEqual(['→ a', '→ a', '→ a', '✓ a']);
  });

  it('gives up after a bounded number of attempts, and tries again on request', async () => {
    let online = false;
    const { outbox, log } = setUp(async () => {
      if (!online) throw offline();
      return aMessage();
    });
    outbox.enqueue(job('a'));
    await settled();
    expect(log.filter((line) => line === '→ a')).toHaveLength(6);
    expect(log.at(-1)).toBe('✗ a network');
    online = true;
    expect(outbox.retry('a')).toBe(true);
    expect(outbox.retry('unknown')).toBe(false);
    await settled();
    expect(log.at(-1)).toBe('✓ a');
  });

  it('does not repeat a refusal, and lets the next message pass', async () => {
    const { outbox, log } = setUp(async ({ clientKey }) => {
      if (clientKey === 'a') throw new ApiError('closed', 409, 'window_closed');
      return aMessage();
    });
    outbox.enqueue(job('a'));
    outbox.enqueue(job('b'));
    await settled();
    expect(log).toEqual(['→ a', '✗ a window_closed', '→ b', '✓ b']);
  });

  it('trap: the composer clears before success: keeps unfinished jobs for the next visit and forgets finished ones', async () => {
    const { outbox, saved } = setUp(async () => aMessage());
    outbox.enqueue(job('a'));
    outbox.enqueue(job('b'));
    expect(saved.at(-1)).toEqual(['a', 'b']);
    await settled();
    expect(saved.at(-1)).toEqual([]);
    outbox.park(job('old'));
    expect(saved.at(-1)).toEqual(['old']);
    outbox.discard('old');
    expect(saved.at(-1)).toEqual([]);
  });
});
