import type { IntlShape } from 'react-intl';
import type { PickerTemplate } from '../../../../server/src/template-use/contract';
import { t, type TranslationId } from '../../translate';
import type { Because } from './pick-list';

const CATEGORIES: Record<string, TranslationId> = {
  MARKETING: 'templates.category.MARKETING',
  UTILITY: 'templates.category.UTILITY',
  AUTHENTICATION: 'templates.category.AUTHENTICATION',
};

/** Meta's category, which is also what the message costs by; Meta's own word for one that is new. */
export const categoryWord = (category: string, formatMessage: IntlShape['formatMessage']): string => {
  const id = CATEGORIES[category.toUpperCase()];
  return id ? formatMessage(t(id)) : category;
};

const STATUSES: Record<string, TranslationId> = {
  PENDING: 'unsendable.pending',
  IN_APPEAL: 'unsendable.pending',
  REJECTED: 'unsendable.rejected',
  PAUSED: 'unsendable.paused',
  DISABLED: 'unsendable.disabled',
  ARCHIVED: 'unsendable.archived',
  REMOVED: 'unsendable.removed',
  DELETED: 'unsendable.removed',
  PENDING_DELETION: 'unsendable.removed',
};
const REASONS = {
  role: 'unsendable.role',
  number: 'unsendable.number',
  opted_out: 'unsendable.optedOut',
  blocked: 'unsendable.blocked',
} as const;

/** Why a template cannot be sent now, as a sentence; null for one that can. */
export const reasonWords = (
  {
    sendable,
    reason,
    status,
    pausedUntil,
  }: Pick<PickerTemplate, 'sendable' | 'reason' | 'status'> & {
    pausedUntil?: string | null;
  },
  name: string,
  formatMessage: IntlShape['formatMessage'],
): string | null => {
  if (sendable) return null;
  if (reason && reason.key !== 'status') return formatMessage(t(REASONS[reason.key]), { name });
  const word = (reason?.facts.status ?? status).toUpperCase();
  if (word === 'PAUSED' && (reason?.facts.until ?? pausedUntil)) {
    return formatMessage(t('unsendable.pausedUntil'), {
      until: new Date(reason?.facts.until ?? pausedUntil ?? ''),
    });
  }
  return formatMessage(t(STATUSES[word] ?? 'unsendable.other'), { status: word });
};

const BECAUSE: Record<Because, TranslationId> = {
  chosen: 'because.chosen',
  contact: 'because.contact',
  linked_entry: 'because.linkedEntry',
  conversation: 'because.conversation',
  default: 'because.default',
  close: 'because.close',
  only: 'because.only',
  sendable: 'because.sendable',
};

/** Why this language was taken, in few words. */
export const becauseWords = (because: Because, formatMessage: IntlShape['formatMessage']): string =>
  formatMessage(t(BECAUSE[because]));
