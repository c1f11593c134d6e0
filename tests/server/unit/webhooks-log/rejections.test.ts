import { createRejections } from '../../../../server/src/webhooks-log/rejections';

const HOUR = 60 * 60 * 1000;
const call = (address: string, signature?: string) => ({ address, signature, path: '/api/whatsapp/webhook' });

describe('calls that nobody signed', () => {
  let now: number;
  const clock = () => now;
  beforeEach(() => {
    now = 10 * HOUR;
  });

  it('become one row per hour and kind, however many come', () => {
    const rejections = createRejections(clock, 1_000_000);
    for (let i = 0; i < 50_000; i += 1)
      rejections.note(call(`10.${i % 200}.${i % 250}.1`, i % 2 ? 'sha256=x' : undefined));
    const hours = rejections.take();
    expect(hours.map(({ signature, count }) => [signature, count])).toEqual([
      ['missing', 25_000],
      ['invalid', 25_000],
    ]);
    expect(hours.every(({ addresses }) => Object.keys(addresses).length <= 11)).toBe(true);
    expect(Object.values(hours[0].addresses).reduce((a, b) => a + b)).toBe(25_000);
    expect(rejections.total()).toBe(50_000);
  });

  it('are written again only when there is something new', () => {
    const rejections = createRejections(clock, 100);
    rejections.note(call('192.0.2.1'));
    expect(rejections.take()).toHaveLength(1);
    expect(rejections.take()).toHaveLength(0);
    rejections.note(call('192.0.2.1'));
    expect(rejections.take()).toMatchObject([{ count: 2, addresses: { '192.0.2.1': 2 } }]);
    now += 2 * HOUR;
    rejections.take();
    rejections.note(call('192.0.2.1'));
    expect(rejections.take()).toMatchObject([{ hour: 12 * HOUR, count: 1 }]);
  });

  it('are answered 429 above the limit of an address, until the minute is over', () => {
    const rejections = createRejections(clock, 3);
    const codes = Array.from({ length: 5 }, () => rejections.note(call('192.0.2.1'))?.code ?? null);
    expect(codes).toEqual([null, null, null, 'rate_limit_exceeded', 'rate_limit_exceeded']);
    expect(rejections.note(call('192.0.2.2'))).toBeNull();
    expect(rejections.note(call('192.0.2.1'))?.details.retryAfterSeconds).toBe(60);
    now += 60_000;
    expect(rejections.note(call('192.0.2.1'))).toBeNull();
  });

  it('count one IPv6 customer as one address, and more addresses than it can hold as one', () => {
    const rejections = createRejections(clock, 5);
    for (let i = 0; i < 6; i += 1)
      rejections.note(call(i % 2 ? `2001:db8:0:0:1:2:3:${i}` : `2001:db8::${i}`));
    expect(rejections.note(call('2001:db8::ff'))?.code).toBe('rate_limit_exceeded');
    expect(rejections.note(call('::ffff:192.0.2.9'))).toBeNull();
    for (let i = 0; i < 5_000; i += 1) rejections.note(call(`10.0.${i >> 8}.${i & 255}`));
    expect(rejections.note(call('203.0.113.200'))?.code).toBe('rate_limit_exceeded');
  });
});
