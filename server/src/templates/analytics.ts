import { GraphError } from '../cloud-api/graph-error';
import { TABLES } from '../constants';
import { invalid, notFound, WhatsAppError } from '../errors';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { TemplateAnalytics } from './contract';
import type { TemplateLedger } from './ledger';
import type { SpeakerOf } from './speaker';

interface Deps {
  db: Database;
  ledger: TemplateLedger;
  speakerOf: SpeakerOf;
  now(): number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Meta looks back this far for templates. */
const MAX_DAYS = 90;
/** An answer within this time counts as one to the message. */
const REPLY_MS = 7 * DAY_MS;
/** Messages counted per statement: SQLite holds the thread meanwhile. */
const BATCH = 2_000;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** First and last moment of two days, both inclusive, UTC. @throws validation_failed */
export const rangeOf = (from: string, to: string): { from: number; to: number } => {
  const [start, end] = [from, to].map((day) =>
    /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN,
  );
  if (Number.isNaN(start)) throw invalid([{ path: 'from', message: 'Must be a day, like 2026-11-22' }]);
  if (Number.isNaN(end) || end < start)
    throw invalid([{ path: 'to', message: 'Must be a day, not before the first one' }]);
  if (end - start >= MAX_DAYS * DAY_MS)
    throw invalid([{ path: 'to', message: `At most ${MAX_DAYS} days can be shown` }]);
  return { from: start, to: end + DAY_MS };
};

type Ours = TemplateAnalytics['ours'];
const none = (): Ours => ({ sent: 0, delivered: 0, read: 0, replied: 0, clicked: 0, failed: 0 });

/** Counts of one template: from our own messages, and as Meta counts. */
export const createTemplateAnalytics = ({ db, ledger, speakerOf, now }: Deps) => {
  const sends = db.name(TABLES.templateSends);
  const messages = db.name(TABLES.messages);
  const numbers = db.name(TABLES.integrations);

  /** What the person wrote after a message, found by the thread's index; within one second the order of arrival decides. */
  const answered = (kind: 'replied' | 'clicked'): string =>
    `EXISTS (SELECT 1 FROM ${messages} a WHERE a.conversation_id = s.conversation_id AND a.written_at >= m.written_at AND a.id > m.id ` +
    `AND a.written_at < m.written_at + ${REPLY_MS} AND a.direction = 'inbound' AND ` +
    (kind === 'clicked'
      ? `a.message_type = 'button' AND a.reply_to_wamid = m.wamid)`
      : `a.message_type <> 'system')`);

  const flag = (condition: string): string => `CASE WHEN ${condition} THEN 1 ELSE 0 END`;

  const own = async (
    { organizationId }: Scope,
    template: { businessAccountId: string; name: string; language: string },
    range: { from: number; to: number },
  ): Promise<Pick<TemplateAnalytics, 'ours' | 'byDay'>> => {
    const ours = none();
    const days = new Map<string, TemplateAnalytics['byDay'][number]>();
    for (let day = range.from; day < range.to; day += DAY_MS)
      days.set(dayOf(day), { day: dayOf(day), sent: 0, delivered: 0, read: 0, failed: 0 });
    for (let after = { at: range.from, id: 0 }; ;) {
      const rows = await db.all(
        `SELECT s.id, s.at, ${flag(`m.accepted_at IS NOT NULL OR m.sent_at IS NOT NULL`)} AS sent, ` +
          `${flag('m.delivered_at IS NOT NULL OR m.read_at IS NOT NULL')} AS delivered, ` +
          `${flag('m.read_at IS NOT NULL')} AS seen, ${flag('m.failed_at IS NOT NULL')} AS failed, ` +
          `${flag(answered('replied'))} AS replied, ${flag(answered('clicked'))} AS clicked ` +
          `FROM ${sends} s JOIN ${messages} m ON m.id = s.message_id ` +
          `WHERE s.organization_id = ? AND s.name = ? AND s.language = ? AND s.at < ? AND (s.at > ? OR (s.at = ? AND s.id > ?)) ` +
          `AND s.integration_id IN (SELECT i.id FROM ${numbers} i WHERE i.business_account_id = ?) ORDER BY s.at, s.id LIMIT ${BATCH}`,
        [
          organizationId,
          template.name,
          template.language,
          range.to,
          after.at,
          after.at,
          after.id,
          template.businessAccountId,
        ],
      );
      for (const row of rows) {
        const day = days.get(dayOf(Number(row.at)));
        const value = (key: string): number => Number(row[key]);
        ours.sent += value('sent');
        ours.delivered += value('delivered');
        ours.read += value('seen');
        ours.failed += value('failed');
        ours.replied += value('replied');
        ours.clicked += value('clicked');
        if (!day) continue;
        day.sent += value('sent');
        day.delivered += value('delivered');
        day.read += value('seen');
        day.failed += value('failed');
      }
      if (rows.length < BATCH) return { ours, byDay: [...days.values()] };
      const last = rows[rows.length - 1];
      after = { at: Number(last.at), id: Number(last.id) };
    }
  };

  /** Whatever keeps Meta from telling is a sentence beside our own counts, never an error of the page. */
  const atMeta = async (
    scope: Scope,
    { businessAccountId, metaId }: { businessAccountId: string; metaId: string },
    range: { from: number; to: number },
  ): Promise<Pick<TemplateAnalytics, 'meta' | 'metaError'>> => {
    try {
      const { client } = await speakerOf(scope, businessAccountId);
      const points = await client.templateAnalytics(businessAccountId, metaId, {
        from: range.from,
        to: Math.min(range.to, now()),
      });
      const sum = (of: (point: (typeof points)[number]) => number): number =>
        points.reduce((total, point) => total + of(point), 0);
      return {
        meta: {
          sent: sum(({ sent }) => sent),
          delivered: sum(({ delivered }) => delivered),
          read: sum(({ read }) => read),
          clicked: points.some(({ clicked }) => clicked.length > 0)
            ? sum(({ clicked }) =>
                clicked
                  .filter(({ type }) => !type.startsWith('unique_'))
                  .reduce((total, tap) => total + tap.count, 0),
              )
            : null,
        },
        metaError: null,
      };
    } catch (error) {
      if (error instanceof GraphError)
        return { meta: null, metaError: error.meta?.details ?? error.meta?.title ?? error.message };
      if (error instanceof WhatsAppError) return { meta: null, metaError: error.message };
      throw error;
    }
  };

  return async (scope: Scope, id: number | null, from: string, to: string): Promise<TemplateAnalytics> => {
    const range = rangeOf(from, to);
    const template = id === null ? null : await ledger.find(scope, id);
    if (!template) throw notFound('Template');
    const { businessAccountId, listed } = template;
    const [ours, meta] = await Promise.all([
      own(scope, { businessAccountId, name: listed.name, language: listed.language }, range),
      atMeta(scope, { businessAccountId, metaId: listed.metaId }, range),
    ]);
    return { ...ours, ...meta };
  };
};
