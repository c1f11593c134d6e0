import { object, text } from '../cloud-api/read';

/**
 * What an account-level webhook means for the numbers of its account (Meta, webhooks/reference: account_update,
 * account_alerts, account_review_update, business_capability_update, phone_number_quality_update,
 * phone_number_name_update, security).
 */
export interface AccountEffect {
  /** For people to see; null: nothing worth a line. */
  alert: { kind: string; message: string } | null;
  /** `stop`: Meta takes nothing from the account's numbers any more; `resume`: it does again. */
  sending: { to: 'stop'; message: string } | { to: 'resume' } | null;
  /** Columns that Meta named outright. */
  set: { messagingLimit?: string; nameStatus?: string };
  /** Read the numbers anew: the webhook tells that something changed, not what it is now. */
  refresh: boolean;
  /** Digits of the only number that it is about; null: all numbers of the account. */
  displayDigits: string | null;
}

type Value = Record<string, unknown>;

const NOTHING: AccountEffect = { alert: null, sending: null, set: {}, refresh: false, displayDigits: null };

/** Meta's words in a sentence: `BIZ_INITIATED` → `biz initiated`. Never more than a line. */
const words = (value: unknown): string =>
  (text(value) ?? 'unknown').replace(/_/g, ' ').toLowerCase().slice(0, 200);

/** Names come from outside: `constructor` is none of ours. */
const own = <T>(table: Record<string, T>, name: string | null): T | undefined =>
  name !== null && Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;

const alert = (kind: string, message: string): AccountEffect => ({ ...NOTHING, alert: { kind, message } });

const stop = (kind: string, message: string): AccountEffect => ({
  ...alert(kind, message),
  sending: { to: 'stop', message },
  refresh: true,
});

const resume = (kind: string, message: string): AccountEffect => ({
  ...alert(kind, message),
  sending: { to: 'resume' },
  refresh: true,
});

const banned = (value: Value): AccountEffect => {
  const ban = object(value.ban_info);
  const state = text(ban?.waba_ban_state);
  if (state === 'DISABLE')
    return stop('account_disabled', 'Meta has disabled the WhatsApp Business Account.');
  if (state === 'REINSTATE')
    return resume('account_reinstated', 'Meta has reinstated the WhatsApp Business Account.');
  const when = text(ban?.waba_ban_date);
  return alert(
    'account_to_be_disabled',
    `Meta is going to disable the WhatsApp Business Account${when ? ` on ${when}` : ''}.`,
  );
};

const restricted = (value: Value): AccountEffect => {
  const kinds = Array.isArray(value.restriction_info)
    ? value.restriction_info.map((entry) => words(object(entry)?.restriction_type))
    : [];
  return {
    ...alert('account_restricted', `Meta restricts the account: ${kinds.join(', ') || 'no reason given'}.`),
    refresh: true,
  };
};

const ACCOUNT_UPDATES: Record<string, (value: Value) => AccountEffect> = {
  DISABLED_UPDATE: banned,
  ACCOUNT_RESTRICTION: restricted,
  ACCOUNT_VIOLATION: (value) =>
    alert(
      'account_violation',
      `Meta reports a violation of its policies: ${words(object(value.violation_info)?.violation_type)}.`,
    ),
  ACCOUNT_DELETED: () => stop('account_deleted', 'The WhatsApp Business Account was deleted at Meta.'),
  ACCOUNT_OFFBOARDED: () => stop('account_offboarded', 'The account was disconnected from the Cloud API.'),
  ACCOUNT_RECONNECTED: () =>
    resume('account_reconnected', 'The account is connected to the Cloud API again.'),
  PARTNER_REMOVED: () => alert('partner_removed', 'The partner’s access to the account was taken away.'),
  PARTNER_APP_UNINSTALLED: () =>
    alert(
      'app_uninstalled',
      'The app was removed from the account: no webhooks come until it is subscribed again.',
    ),
};

const SECURITY: Record<string, string> = {
  PIN_CHANGED: 'The two-step PIN of the number was changed.',
  PIN_RESET_REQUEST: 'Somebody asked to reset the two-step PIN of the number.',
  PIN_RESET_SUCCESS: 'The two-step PIN of the number was reset.',
  PIN_REQUEST_SUCCESS: 'The two-step PIN of the number was reset.',
};

/** `-1` and texts as Meta's tiers; a plain number of people as the tier that it is. */
const tierOf = (value: unknown): string | null => {
  const limit = text(value);
  if (limit === null) return null;
  if (limit.startsWith('TIER_')) return limit;
  if (limit === '-1') return 'TIER_UNLIMITED';
  const people = Number(limit);
  if (!Number.isInteger(people) || people <= 0) return null;
  return people >= 1_000 ? `TIER_${Math.round(people / 1_000)}K` : `TIER_${people}`;
};

const capability = (value: Value): AccountEffect => {
  const messagingLimit = tierOf(value.max_daily_conversations_per_business);
  return { ...NOTHING, set: messagingLimit === null ? {} : { messagingLimit }, refresh: true };
};

const digitsOf = (value: unknown): string | null => text(value)?.replace(/\D/g, '') || null;

const quality = (value: Value): AccountEffect => {
  const event = text(value.event);
  const worse = event === 'FLAGGED' || event === 'DOWNGRADE';
  return {
    ...(worse ? alert('quality_flagged', 'Meta calls the quality of the number low.') : NOTHING),
    // The number itself tells its new throughput and quality; this webhook knows neither for sure.
    refresh: true,
    displayDigits: digitsOf(value.display_phone_number),
  };
};

const nameDecision = (value: Value): AccountEffect => {
  const nameStatus = text(value.decision);
  const refused = nameStatus === 'REJECTED' || nameStatus === 'DEFERRED';
  const reason = text(value.rejection_reason);
  return {
    ...(refused
      ? alert('name_refused', `Meta refuses the display name: ${words(reason ?? nameStatus)}.`)
      : NOTHING),
    set: nameStatus === null ? {} : { nameStatus },
    refresh: true,
    displayDigits: digitsOf(value.display_phone_number),
  };
};

const accountAlert = (value: Value): AccountEffect => {
  // Older samples hold the keys of `alert_info` in the value itself.
  const info = object(value.alert_info) ?? value;
  const said = text(info.alert_description);
  return alert(
    words(info.alert_type).replace(/ /g, '_'),
    said?.slice(0, 500) ?? `Meta reports: ${words(info.alert_type)}.`,
  );
};

const FIELDS: Record<string, (value: Value) => AccountEffect> = {
  account_update: (value) => own(ACCOUNT_UPDATES, text(value.event))?.(value) ?? NOTHING,
  account_alerts: accountAlert,
  account_review_update: (value) =>
    text(value.decision) === 'APPROVED'
      ? { ...NOTHING, refresh: true }
      : {
          ...alert('account_review', `Meta’s review of the account: ${words(value.decision)}.`),
          refresh: true,
        },
  business_capability_update: capability,
  phone_number_quality_update: quality,
  phone_number_name_update: nameDecision,
  security: (value) => {
    const message = own(SECURITY, text(value.event));
    return message === undefined
      ? NOTHING
      : { ...alert('security', message), displayDigits: digitsOf(value.display_phone_number) };
  },
};

/** Fields that are not about numbers, and events that ask for nothing, have no effect. */
export const effectOf = (field: string, value: Value): AccountEffect =>
  own(FIELDS, field)?.(value) ?? NOTHING;

export const hasEffect = ({ alert: told, sending, set, refresh }: AccountEffect): boolean =>
  told !== null || sending !== null || refresh || Object.keys(set).length > 0;
