import { WhatsAppError } from '../../../../server/src/errors';
import { assertAllowed, gate, personGate, type GateFacts } from '../../../../server/src/outbound/gate';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

const facts = (over: Partial<GateFacts> = {}): GateFacts => ({
  integrationActive: true,
  blocked: false,
  consent: { optedOut: false, optedIn: true },
  freeForm: true,
  dailyLimitFreesAt: null,
  opensAt: null,
  hours: 'queue',
  window: { lastInboundAt: NOW - HOUR, refusedAt: null },
  expectedLastMessageId: 7,
  lastMessageId: 7,
  ...over,
});

const wrote = (ms: number, refusedAt: number | null = null): Partial<GateFacts> => ({
  window: { lastInboundAt: NOW - ms, refusedAt },
});

describe('the gate', () => {
  it.each<[string, Partial<GateFacts>, string]>([
    ['all is well', {}, 'allow'],
    ['the number is off', { integrationActive: false }, 'integration_inactive'],
    ['Meta has banned the number', { stopped: 'Banned.' }, 'integration_inactive'],
    ['the person never wrote', { window: { lastInboundAt: null, refusedAt: null } }, 'window_closed'],
    ['the person wrote a moment less than 24 h ago', wrote(24 * HOUR - 1), 'allow'],
    ['the person wrote exactly 24 h ago', wrote(24 * HOUR), 'window_closed'],
    ['Meta called the window closed after that', wrote(HOUR, NOW - HOUR / 2), 'window_closed'],
    ['the person wrote again after Meta called it closed', wrote(HOUR, NOW - 2 * HOUR), 'allow'],
    ['a template goes outside the window', { freeForm: false, ...wrote(48 * HOUR) }, 'allow'],
    ['somebody was faster', { lastMessageId: 8 }, 'newer_reply_exists'],
    ['the conversation was thought to be empty', { expectedLastMessageId: null }, 'newer_reply_exists'],
    ['we blocked the person', { blocked: true }, 'recipient_blocked'],
    ['the person said stop', { consent: { optedOut: true, optedIn: true } }, 'recipient_opted_out'],
    ['the person never agreed', { consent: { optedOut: false, optedIn: false } }, 'recipient_not_opted_in'],
    ['the day’s people are used up', { dailyLimitFreesAt: NOW + HOUR }, 'rate_limit_exceeded'],
    ['a place freed up a moment ago', { dailyLimitFreesAt: NOW }, 'allow'],
    ['the shop is closed', { opensAt: NOW + HOUR }, 'queue'],
    [
      'the shop is closed and the caller will not wait',
      { opensAt: NOW + HOUR, hours: 'refuse' },
      'outside_business_hours',
    ],
    ['the shop is closed and the caller does not care', { opensAt: NOW + HOUR, hours: 'ignore' }, 'allow'],
    [
      'the shop is closed and somebody was faster',
      { opensAt: NOW + HOUR, lastMessageId: 8 },
      'newer_reply_exists',
    ],
    ['the conversation is empty as expected', { expectedLastMessageId: null, lastMessageId: null }, 'allow'],
  ])('%s → %s', (_name, over, expected) => {
    const verdict = gate(facts(over), NOW);
    expect(verdict.verdict === 'refuse' ? verdict.code : verdict.verdict).toBe(expected);
  });

  it('refuses in the order of the contract', () => {
    const wrongs: [Partial<GateFacts>, string][] = [
      [{ integrationActive: false }, 'integration_inactive'],
      [{ blocked: true }, 'recipient_blocked'],
      [{ consent: { optedOut: true, optedIn: false } }, 'recipient_opted_out'],
      [{ consent: { optedOut: false, optedIn: false } }, 'recipient_not_opted_in'],
      [wrote(48 * HOUR), 'window_closed'],
      [{ dailyLimitFreesAt: NOW + HOUR }, 'rate_limit_exceeded'],
      [{ opensAt: NOW + HOUR, hours: 'refuse' }, 'outside_business_hours'],
      [{ lastMessageId: 8 }, 'newer_reply_exists'],
    ];
    // All that is wrong from here on, with the earlier ones mended: the first of them is told.
    wrongs.forEach(([, code], index) => {
      const over = Object.assign(
        {},
        ...wrongs
          .slice(index)
          .reverse()
          .map(([wrong]) => wrong),
      ) as Partial<GateFacts>;
      const verdict = gate(facts(over), NOW);
      expect(verdict.verdict === 'refuse' ? verdict.code : verdict.verdict).toBe(code);
    });
  });

  it('tells when a place frees up and when the shop opens', () => {
    expect(gate(facts({ dailyLimitFreesAt: NOW + HOUR }), NOW)).toMatchObject({
      details: { freesAt: new Date(NOW + HOUR).toISOString(), retryAfterSeconds: 3600 },
    });
    expect(gate(facts({ opensAt: NOW + HOUR }), NOW)).toEqual({ verdict: 'queue', until: NOW + HOUR });
  });

  it('judges the person before a file is fetched, and nothing that comes after the file', () => {
    expect(personGate(facts(wrote(48 * HOUR)), NOW)).toMatchObject({ code: 'window_closed' });
    expect(personGate(facts({ dailyLimitFreesAt: NOW + HOUR, lastMessageId: 8 }), NOW)).toEqual({
      verdict: 'allow',
    });
  });

  it('hands its refusal over with status, hint and sentence', () => {
    try {
      assertAllowed(gate(facts(wrote(48 * HOUR)), NOW));
      throw new Error('was allowed');
    } catch (error) {
      expect(error).toBeInstanceOf(WhatsAppError);
      expect(error).toMatchObject({ status: 409, details: { code: 'window_closed', hint: 'template' } });
      expect((error as Error).message).toMatch(/24 hours/);
    }
  });
});
