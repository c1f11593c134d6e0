import { effectOf, hasEffect } from '../../../../server/src/integrations/account-rule';

const sendingOf = (field: string, value: object): string | null => {
  const { sending } = effectOf(field, value as Record<string, unknown>);
  return sending?.to ?? null;
};
const ban = (state: string) => ({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } });

describe('what an account webhook means', () => {
  it.each<[string, object, string | null]>([
    ['account_update', ban('DISABLE'), 'stop'],
    ['account_update', ban('REINSTATE'), 'resume'],
    ['account_update', ban('SCHEDULE_FOR_DISABLE'), null],
    ['account_update', { event: 'ACCOUNT_DELETED' }, 'stop'],
    ['account_update', { event: 'ACCOUNT_OFFBOARDED' }, 'stop'],
    ['account_update', { event: 'ACCOUNT_RECONNECTED' }, 'resume'],
    ['account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SPAM' } }, null],
    ['account_update', { event: 'ACCOUNT_RESTRICTION' }, null],
    ['account_update', { event: 'PARTNER_APP_UNINSTALLED' }, null],
    ['account_review_update', { decision: 'REJECTED' }, null],
    ['security', { event: 'PIN_CHANGED' }, null],
  ])('%s %j: sending %s, and people see it', (field, value, sending) => {
    expect(sendingOf(field, value)).toBe(sending);
    expect(effectOf(field, value as never).alert).toEqual({
      kind: expect.stringMatching(/^[a-z_]+$/),
      message: expect.any(String),
    });
  });

  it.each<[string, object]>([
    ['account_update', { event: 'VOLUME_BASED_PRICING_TIER_UPDATE' }],
    ['account_update', { event: 'toString' }],
    ['account_update', {}],
    ['account_settings_update', { any: 1 }],
    ['security', { event: 'constructor' }],
    ['messages', { errors: [] }],
    ['constructor', {}],
  ])('%s %j has no effect', (field, value) => {
    expect(hasEffect(effectOf(field, value as Record<string, unknown>))).toBe(false);
  });

  it.each<[unknown, string | undefined]>([
    ['TIER_2K', 'TIER_2K'],
    [2000, 'TIER_2K'],
    ['100000', 'TIER_100K'],
    [250, 'TIER_250'],
    [-1, 'TIER_UNLIMITED'],
    ['nonsense', undefined],
    [null, undefined],
  ])('a capability of %j is the limit %s', (value, limit) => {
    const effect = effectOf('business_capability_update', { max_daily_conversations_per_business: value });
    expect([effect.set.messagingLimit, effect.refresh]).toEqual([limit, true]);
  });

  it('names the number by its digits where there is no id', () => {
    const value = { display_phone_number: '+1 555-010-0100', event: 'FLAGGED' };
    const effect = effectOf('phone_number_quality_update', value);
    expect(effect).toMatchObject({
      displayDigits: '15550100100',
      refresh: true,
      alert: { kind: 'quality_flagged' },
    });
  });

  it('reads alerts in both of Meta’s shapes', () => {
    const info = { alert_type: 'OBA_APPROVED', alert_description: 'Approved' };
    const expected = { kind: 'oba_approved', message: 'Approved' };
    expect(effectOf('account_alerts', { alert_info: info }).alert).toEqual(expected);
    expect(effectOf('account_alerts', info).alert).toEqual(expected);
  });
});
