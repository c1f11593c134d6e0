import { notFound } from '../errors';
import { numbersInConversations } from '../contacts/numbers';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { ListMessages, Message } from './contract';
import type { RenderedTemplate } from '../templates/render';
import { maskMessage } from './mask';
import { json, presentMessage } from './present';
import { createMessageRepository, type MessageRow } from './repository';

export interface PageRequest {
  before?: string;
  after?: string;
  around?: string;
  limit: number;
}

interface Deps {
  db: Database;
  linkTo(messageId: string): string;
  idOf(text: unknown): number | null;
}

export const createMessages = ({ db, linkTo, idOf }: Deps) => {
  const presentAll = async (scope: Scope, rows: MessageRow[]): Promise<Message[]> => {
    const wamids = [
      ...new Set(
        rows
          .map((row) => row.reply_to_wamid)
          .filter(Boolean)
          .map(String),
      ),
    ];
    const quoted =
      rows.length === 0
        ? []
        : await createMessageRepository(db, scope).byWamids(Number(rows[0].integration_id), wamids);
    const withRaw = scope.seesRaw === true;
    const byWamid = new Map(quoted.map((row) => [String(row.wamid), row]));
    const shown = rows.map((row) => presentMessage(row, { quoted: byWamid, linkTo, withRaw }));
    return scope.masked ? withoutNumbers(scope, shown) : shown;
  };

  const withoutNumbers = async (scope: Scope, shown: Message[]): Promise<Message[]> => {
    const threads = [...new Set(shown.map(({ conversationId }) => Number(conversationId)))];
    const numbers = await numbersInConversations(db, scope, threads);
    return shown.map((message) => maskMessage(message, numbers.get(Number(message.conversationId)) ?? []));
  };

  /** Where a message stands in its thread; another conversation's id is not found. */
  const positionOf = async (scope: Scope, conversationId: number, id: number | null) => {
    const repository = createMessageRepository(db, scope);
    const at = id === null ? null : await repository.position(conversationId, id);
    if (!at) throw notFound('Message');
    return at;
  };

  return {
    async findOne(scope: Scope, id: number | null): Promise<Message> {
      const row = id === null ? null : await createMessageRepository(db, scope).findOne(id);
      if (!row) throw notFound('Message');
      return (await presentAll(scope, [row]))[0];
    },
    present: presentAll,
    /** How templates of a number were filled in when they went, by wamid; without those that nobody could draw. */
    async drawings(
      scope: Scope,
      integrationId: number,
      wamids: string[],
    ): Promise<Map<string, RenderedTemplate>> {
      const contents = await createMessageRepository(db, scope).templateContents(integrationId, wamids);
      const drawn = [...contents].flatMap(([wamid, content]) => {
        const rendered = json<{ rendered?: RenderedTemplate }>(content)?.rendered;
        return rendered ? [[wamid, rendered] as const] : [];
      });
      return new Map(drawn);
    },
    /** Newest first. `conversationId` was checked against the scope by the caller; the query holds the scope as well. */
    async page(scope: Scope, conversationId: number, request: PageRequest): Promise<ListMessages.Response> {
      const repository = createMessageRepository(db, scope);
      const { limit } = request;
      if (request.after !== undefined || request.around !== undefined) {
        const anchor = await positionOf(scope, conversationId, idOf(request.after ?? request.around));
        const half = request.around === undefined ? limit : Math.ceil(limit / 2);
        const newer = await repository.newer(conversationId, anchor, half + 1);
        const shown = newer.slice(0, half).reverse();
        const including = { at: anchor.at, id: anchor.id + 1 };
        const older =
          request.around === undefined
            ? []
            : await repository.older(conversationId, including, limit - half + 1);
        const olderShown = older.slice(0, limit - half);
        const last = olderShown[olderShown.length - 1];
        return {
          data: await presentAll(scope, [...shown, ...olderShown]),
          meta: {
            nextCursor: older.length > olderShown.length && last ? String(last.id) : null,
            hasNewer: newer.length > half,
          },
        };
      }
      const before =
        request.before === undefined ? null : await positionOf(scope, conversationId, idOf(request.before));
      const rows = await repository.older(conversationId, before, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown[shown.length - 1];
      return {
        data: await presentAll(scope, shown),
        meta: { nextCursor: rows.length > limit && last ? String(last.id) : null },
      };
    },
  };
};

export type Messages = ReturnType<typeof createMessages>;
