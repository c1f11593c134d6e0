import { WhatsAppError } from '../../../../server/src/errors';
import { assertAllowed, gate, type GateFacts } from '../../../../server/src/outbound/gate';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

const facts = (over: Partial<GateFacts> = {}): GateFacts => ({
  integrationActive: true,
  freeForm: true,
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
    ['the person never wrote', { window: { lastInboundAt: null, refusedAt: null } }, 'window_closed'],
    ['the person wrote a moment less than 24 h ago', wrote(24 * HOUR - 1), 'allow'],
    ['the person wrote exactly 24 h ago', wrote(24 * HOUR), 'window_closed'],
    ['Meta called the window closed after that', wrote(HOUR, NOW - HOUR / 2), 'window_closed'],
    ['the person wrote again after Meta called it closed', wrote(HOUR, NOW - 2 * HOUR), 'allow'],
    ['a template goes outside the window', { freeForm: false, ...wrote(48 * HOUR) }, 'allow'],
    ['somebody was faster', { lastMessageId: 8 }, 'newer_reply_exists'],
    ['the conversation was thought to be empty', { expectedLastMessageId: null }, 'newer_reply_exists'],
    ['the conversation is empty as expected', { expectedLastMessageId: null, lastMessageId: null }, 'allow'],
  ])('%s → %s', (_name, over, expected) => {
    const verdict = gate(facts(over), NOW);
    expect(verdict.verdict === 'allow' ? 'allow' : verdict.code).toBe(expected);
  });

  it('refuses in the order of the contract: number, window, newer reply', () => {
    const everything = { integrationActive: false, ...wrote(48 * HOUR), lastMessageId: 8 };
    const codes = [everything, { ...everything, integrationActive: true }, { lastMessageId: 8 }].map(
      (over) => {
        const verdict = gate(facts(over), NOW);
        return verdict.verdict === 'refuse' ? verdict.code : null;
      },
    );
    expect(codes).toEqual(['integration_inactive', 'window_closed', 'newer_reply_exists']);
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
