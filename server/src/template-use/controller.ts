import type { Context } from 'koa';
import { invalid, notFound } from '../errors';
import { controller } from '../http/answer';
import { rolesOf, type Door } from '../http/door';
import { idOf, parseBody, parseQuery } from '../http/validate';
import { toCommand } from '../messages/to-command';
import type { PickerPlace } from './picker';
import {
  accessInput,
  bindingsInput,
  entriesQuery,
  linkInput,
  pickerQuery,
  testInput,
  valuesInput,
} from './schema-input';

/** Exactly one of the two ways to say whom or where from. */
const oneOf = <A extends string, B extends string>(
  [a, b]: [A, B],
  given: Partial<Record<A | B, string>>,
  isNeeded: boolean,
): void => {
  const both = given[a] !== undefined && given[b] !== undefined;
  const none = given[a] === undefined && given[b] === undefined;
  if (both || (none && isNeeded)) throw invalid([{ path: b, message: `Give one of ${a} and ${b}` }]);
};

export const createTemplateUseController = (door: Door) => {
  const { house, scopeOf, origin, authorOf, rightsOf } = door;
  const use = () => house().templateUse;

  const readerOf = (ctx: Context) => {
    const reader = door.readerOf(ctx);
    if (!reader) throw new Error('This door is for people of the panel');
    return reader;
  };
  const userOf = (ctx: Context): number => authorOf(ctx)?.id ?? 0;

  const favourite = (isOne: boolean) => async (ctx: Context) => {
    await use().favourite(await scopeOf(ctx), idOf(ctx.params.id), userOf(ctx), isOne);
    ctx.body = { data: { favourite: isOne } };
  };

  return controller({
    async picker(ctx: Context) {
      const query = parseQuery(ctx, pickerQuery);
      oneOf(['conversationId', 'integrationId'], query, true);
      const contactId = query.contactId === undefined ? {} : { contactId: idOf(query.contactId) };
      const place: PickerPlace =
        query.conversationId === undefined
          ? { integrationId: idOf(query.integrationId), ...contactId }
          : { conversationId: idOf(query.conversationId) };
      const who = { userId: userOf(ctx), roles: rolesOf(ctx) };
      ctx.body = await use().picker(await scopeOf(ctx), place, who);
    },
    addFavourite: favourite(true),
    removeFavourite: favourite(false),
    async getBindings(ctx: Context) {
      ctx.body = { data: await use().getBindings(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async saveBindings(ctx: Context) {
      const { bindings } = parseBody(ctx, bindingsInput);
      const [scope, id] = [await scopeOf(ctx), idOf(ctx.params.id)];
      ctx.body = { data: await use().saveBindings(scope, id, bindings, readerOf(ctx)) };
    },
    async values(ctx: Context) {
      const { conversationId, contactId, entry, bindings } = parseBody(ctx, valuesInput);
      oneOf(['conversationId', 'contactId'], { conversationId, contactId }, false);
      const order = {
        ...(conversationId === undefined ? {} : { conversationId: idOf(conversationId) }),
        ...(contactId === undefined ? {} : { contactId: idOf(contactId) }),
        entry: entry ?? null,
        bindings,
      };
      const [scope, id] = [await scopeOf(ctx), idOf(ctx.params.id)];
      ctx.body = { data: await use().values(scope, id, order, readerOf(ctx)) };
    },
    async getAccess(ctx: Context) {
      ctx.body = await use().getAccess(await scopeOf(ctx), idOf(ctx.params.id));
    },
    async saveAccess(ctx: Context) {
      const wanted = parseBody(ctx, accessInput);
      ctx.body = await use().saveAccess(await scopeOf(ctx), idOf(ctx.params.id), wanted);
    },
    async test(ctx: Context) {
      const { contactIds, integrationId, parameters, entry, bound } = parseBody(ctx, testInput);
      const scope = await scopeOf(ctx);
      const id = idOf(ctx.params.id);
      const { name, language } = await house().templates.findOne(scope, id);
      const template = { name, language, parameters, entry, bound };
      const who = { scope, origin, author: authorOf(ctx), rights: rightsOf(ctx), reader: readerOf(ctx) };
      const commandFor = (contactId: number) =>
        // Somebody who tries a template out waits for it: opening hours are for customers.
        toCommand({ contactId: String(contactId), integrationId, template, hours: 'ignore' }, who);
      ctx.body = { data: await use().test(scope, id, { contactIds, commandFor }) };
    },
    async testContacts(ctx: Context) {
      ctx.body = { data: await use().testContacts.list(await scopeOf(ctx)) };
    },
    async addTestContact(ctx: Context) {
      ctx.body = { data: await use().testContacts.add(await scopeOf(ctx), idOf(ctx.params.contactId)) };
    },
    async removeTestContact(ctx: Context) {
      ctx.body = { data: await use().testContacts.remove(await scopeOf(ctx), idOf(ctx.params.contactId)) };
    },
    /** Content is the site's and no tenant's; whoever names a tenant has to belong to it all the same. */
    async fields(ctx: Context) {
      ctx.body = { data: await use().types(await scopeOf(ctx), readerOf(ctx)) };
    },
    async entries(ctx: Context) {
      await scopeOf(ctx);
      const { contentType, ...query } = parseQuery(ctx, entriesQuery);
      ctx.body = { data: await use().entries(contentType, query, readerOf(ctx)) };
    },
    async linked(ctx: Context) {
      const [scope, id] = [await scopeOf(ctx), idOf(ctx.params.id)];
      ctx.body = { data: await use().linkOf(scope, id, readerOf(ctx)) };
    },
    async link(ctx: Context) {
      const entry = parseBody(ctx, linkInput);
      const [scope, id] = [await scopeOf(ctx), idOf(ctx.params.id)];
      if (id === null) throw notFound('Contact');
      ctx.body = { data: await use().link(scope, id, entry, readerOf(ctx)) };
    },
    async unlink(ctx: Context) {
      const [scope, id] = [await scopeOf(ctx), idOf(ctx.params.id)];
      ctx.body = { data: await use().link(scope, id, null, readerOf(ctx)) };
    },
  });
};
