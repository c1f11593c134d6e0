import type { TemplateAlert } from './contract';
import { tidy, type TemplateFacts } from './facts';

type Json = Record<string, unknown>;

/** What one template webhook says, as far as something follows from it. */
export interface TemplateNews {
  /** null: unreadable or too large for JSON's numbers; then name and language decide. */
  metaId: string | null;
  name: string;
  /** With an underscore, as the API spells it; webhooks write a hyphen. */
  language: string;
  /** Meta's time, ms. */
  at: number;
  /** It changes these facts; null: only Meta's own answer tells what is now. */
  change: Partial<TemplateFacts> | null;
  /** The template is no longer there. */
  removed: boolean;
  alert: { kind: TemplateAlert['kind']; facts: Record<string, string | null> } | null;
}

/** A quality pause ends by itself: the first after 3 hours, the second after 6 (Meta, template-pausing). */
const PAUSE_HOURS: Record<string, number> = { FIRST_PAUSE: 3, SECOND_PAUSE: 6 };
const HOUR_MS = 60 * 60 * 1000;

/** Events that are the new status itself; the others (`FLAGGED`, `REINSTATED`, `UNARCHIVED`, `LOCKED` …) are not. */
const STATUS_EVENTS = new Set([
  'APPROVED',
  'PENDING',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'PENDING_DELETION',
  'LIMIT_EXCEEDED',
  'ARCHIVED',
]);

const text = (value: unknown): string | null =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null;
const word = (value: unknown): string | null => text(value)?.toUpperCase() ?? null;
const inside = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const idOf = (value: unknown): string | null => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
  return text(value);
};

/** Seconds, as number or text, to ms. */
const moment = (value: unknown): number | null => {
  const seconds = Number(value ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 && seconds < 1e11 ? seconds * 1000 : null;
};

const reasonOf = (value: Json): string | null => {
  const reason = word(value.reason);
  return reason === 'NONE' ? null : reason;
};

const adviceOf = (value: Json): string | null => {
  const { reason, recommendation } = inside(value.rejection_info);
  return [text(reason), text(recommendation)].filter(Boolean).join(' ') || null;
};

type Effect = Pick<TemplateNews, 'change' | 'removed' | 'alert'>;
const nothing: Effect = { change: {}, removed: false, alert: null };
/** Meta has to be asked what is now. */
const unclear: Effect = { ...nothing, change: null };

const statusEffect = (event: string, value: Json, at: number): Effect => {
  const reason = reasonOf(value);
  const title = word(inside(value.other_info).title);
  const status = { status: event, statusAt: at };
  switch (event) {
    case 'APPROVED':
      return { ...nothing, change: status, alert: { kind: 'approved', facts: { reason: title } } };
    case 'REJECTED': {
      const advice = adviceOf(value);
      return {
        ...nothing,
        change: { ...status, rejectedReason: reason, rejectionAdvice: advice },
        alert: { kind: 'rejected', facts: { reason, advice } },
      };
    }
    case 'PAUSED': {
      const hours = PAUSE_HOURS[title ?? ''];
      const pausedUntil = hours === undefined ? null : at + hours * HOUR_MS;
      return {
        ...nothing,
        change: { ...status, pausedUntil },
        alert: { kind: 'paused', facts: { reason: title, until: iso(pausedUntil) } },
      };
    }
    case 'DISABLED':
      return { ...nothing, change: status, alert: { kind: 'disabled', facts: { reason: title ?? reason } } };
    case 'ARCHIVED':
      return { ...nothing, change: status, alert: { kind: 'archived', facts: {} } };
    default:
      return { ...nothing, change: status };
  }
};

const eventEffect = (value: Json, at: number): Effect => {
  const event = word(value.event) ?? '';
  if (STATUS_EVENTS.has(event)) return statusEffect(event, value, at);
  if (event === 'DELETED') return { ...nothing, removed: true };
  if (event === 'FLAGGED') {
    const until = iso(moment(inside(value.disable_info).disable_date));
    return { ...unclear, alert: { kind: 'flagged', facts: { reason: reasonOf(value), until } } };
  }
  return unclear;
};

const WORSE = new Set(['YELLOW', 'RED']);

const qualityEffect = (value: Json): Effect => {
  const to = word(value.new_quality_score);
  const from = word(value.previous_quality_score);
  return {
    ...nothing,
    change: { quality: to },
    alert: to !== null && to !== from && WORSE.has(to) ? { kind: 'quality', facts: { from, to } } : null,
  };
};

/**
 * Announced: `new_category` is the present one and `correct_category` the one to come. Done: `previous_category` was the old
 * one (Meta, template_category_update).
 */
const categoryEffect = (value: Json): Effect => {
  const [now, next, previous] = [value.new_category, value.correct_category, value.previous_category].map(
    word,
  );
  if (next !== null) {
    const at = moment(value.category_update_timestamp);
    return {
      ...nothing,
      change: { nextCategory: next, nextCategoryAt: at },
      alert: { kind: 'category', facts: { from: now, to: next, until: iso(at) } },
    };
  }
  if (now === null) return unclear;
  return {
    ...nothing,
    change: { category: now, previousCategory: previous, nextCategory: null, nextCategoryAt: null },
    alert: { kind: 'category', facts: { from: previous, to: now, until: null } },
  };
};

const effectOf = (field: string, value: Json, at: number): Effect => {
  // Meta's own sample sends it under the name of another field.
  if (value.new_quality_score !== undefined) return qualityEffect(value);
  if (value.correct_category !== undefined || value.previous_category !== undefined)
    return categoryEffect(value);
  if (value.event !== undefined) return eventEffect(value, at);
  // `message_template_components_update` holds no whole definition.
  return field === 'template_category_update' ? categoryEffect(value) : unclear;
};

/** null when it names no template. `at`: Meta's time of it, ms. */
export const readTemplateNews = (field: string, value: Json, at: number): TemplateNews | null => {
  const metaId = idOf(value.message_template_id);
  const name = text(value.message_template_name) ?? '';
  const language = (text(value.message_template_language) ?? '').replace(/-/g, '_');
  if (metaId === null && (name === '' || language === '')) return null;
  return { metaId, name, language, at, ...effectOf(field, value, at) };
};

/** A status that is older than what is known changes nothing: Meta delivers late, and again. */
export const factsAfterNews = (facts: TemplateFacts, { change }: TemplateNews): TemplateFacts => {
  if (change === null) return facts;
  const isLate =
    change.statusAt !== undefined && facts.statusAt !== null && (change.statusAt ?? 0) < facts.statusAt;
  return isLate ? facts : tidy({ ...facts, ...change });
};
