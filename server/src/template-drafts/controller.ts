import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { notFound } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { idOf, parseBody, parseQuery } from '../http/validate';
import { TEMPLATE_LIMITS } from '../templates/limits';
import type { TemplateComponent } from '../templates/model';
import { withReceived } from '../uploads/received';
import type { SaveDraft } from './contract';
import type { Author } from './audit-lines';

const word = z.string().trim().max(40);
const name = z.string().trim().max(TEMPLATE_LIMITS.name);

/** Half-written is fine, another shape is not: lint, preview and Meta all read these fields. */
const button = z.looseObject({
  type: z.string().max(40),
  text: z.string().max(1_000).optional(),
  url: z.string().max(4_000).optional(),
  phone_number: z.string().max(100).optional(),
  example: z.union([z.string(), z.array(z.string()).max(10)]).optional(),
});
const named = z.array(z.looseObject({ param_name: z.string(), example: z.string() })).max(100);
const texts = z.array(z.string()).max(100);
const example = z.looseObject({
  header_text: texts.optional(),
  header_text_named_params: named.optional(),
  header_handle: texts.optional(),
  body_text: z.array(texts).max(10).optional(),
  body_text_named_params: named.optional(),
});
const part = z.looseObject({
  type: z.string().max(40),
  format: z.string().max(40).optional(),
  text: z.string().max(10_000).optional(),
  example: example.optional(),
  buttons: z.array(button).max(20).optional(),
  add_security_recommendation: z.boolean().optional(),
  code_expiration_minutes: z.number().optional(),
  limited_time_offer: z
    .looseObject({ text: z.string().max(1_000).optional(), has_expiration: z.boolean().optional() })
    .optional(),
});
const component = part.extend({
  cards: z
    .array(z.looseObject({ components: z.array(part).max(10) }))
    .max(20)
    .optional(),
});

const createInput = z.union([
  z.object({
    templateId: z.string(),
    purpose: z.enum(['edit', 'duplicate', 'translate']),
    language: word.optional(),
  }),
  z.object({
    businessAccountId: z.string().max(64),
    name: name.optional(),
    language: word.optional(),
    category: word.optional(),
  }),
]);

const saveInput = z.object({
  version: z.number().int().min(1),
  name: name.optional(),
  language: word.optional(),
  category: word.optional(),
  parameterFormat: z.enum(['POSITIONAL', 'NAMED']).optional(),
  components: z.array(component).max(20).optional(),
  ttlSeconds: z.number().int().min(-1).max(31_536_000).nullable().optional(),
});

const version = z.number().int().min(1).optional();
const stepInput = z.object({ version });
const returnInput = z.object({
  version,
  note: z.string().trim().min(1, 'Say what should change').max(2_000),
});
const listInput = z.object({ state: z.enum(['open', 'submitted']).default('open') });
const libraryInput = z.object({
  businessAccountId: z.string().max(64),
  q: z.string().trim().max(100).default(''),
});

export const createTemplateDraftController = ({ house, scopeOf, authorOf }: Door) => {
  const personOf = (ctx: Context): Author => {
    const author = authorOf(ctx);
    if (!author) throw notFound('Author');
    return author;
  };

  return controller({
    async find(ctx: Context) {
      const { state } = parseQuery(ctx, listInput);
      ctx.body = { data: await house().templateDrafts.list(await scopeOf(ctx), state === 'submitted') };
    },
    async findOne(ctx: Context) {
      ctx.body = { data: await house().templateDrafts.answer(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async create(ctx: Context) {
      const input = parseBody(ctx, createInput);
      const templateId = 'templateId' in input ? idOf(input.templateId) : null;
      ctx.status = 201;
      ctx.body = {
        data: await house().templateDrafts.create(await scopeOf(ctx), authorOf(ctx), input, templateId),
      };
    },
    async save(ctx: Context) {
      const { components, ...rest } = parseBody(ctx, saveInput);
      const save: SaveDraft = {
        ...rest,
        ...(components ? { components: components as TemplateComponent[] } : {}),
      };
      ctx.body = {
        data: await house().templateDrafts.save(await scopeOf(ctx), authorOf(ctx), idOf(ctx.params.id), save),
      };
    },
    async remove(ctx: Context) {
      await house().templateDrafts.remove(await scopeOf(ctx), idOf(ctx.params.id));
      ctx.status = 204;
    },
    async submit(ctx: Context) {
      const { version: seen } = parseBody(ctx, stepInput);
      ctx.body = {
        data: await house().templateSubmit.submit(await scopeOf(ctx), idOf(ctx.params.id), seen),
      };
    },
    async requestReview(ctx: Context) {
      const { version: seen } = parseBody(ctx, stepInput);
      ctx.body = {
        data: await house().templateReview.request(await scopeOf(ctx), idOf(ctx.params.id), seen),
      };
    },
    async approve(ctx: Context) {
      const { version: seen } = parseBody(ctx, stepInput);
      const scope = await scopeOf(ctx);
      ctx.body = {
        data: await house().templateReview.approve(scope, idOf(ctx.params.id), personOf(ctx), seen),
      };
    },
    async giveBack(ctx: Context) {
      const { version: seen, note } = parseBody(ctx, returnInput);
      const scope = await scopeOf(ctx);
      ctx.body = {
        data: await house().templateReview.giveBack(scope, idOf(ctx.params.id), personOf(ctx), note, seen),
      };
    },
    async sample(ctx: Context) {
      const id = idOf(ctx.params.id);
      await withReceived(
        ctx,
        async (file) => {
          ctx.body = { data: await house().templateSamples.add(await scopeOf(ctx), id, file) };
        },
        async () => house().templateDrafts.load(await scopeOf(ctx), id),
      );
    },
    async library(ctx: Context) {
      const { businessAccountId, q } = parseQuery(ctx, libraryInput);
      ctx.body = { data: await house().templateLibrary(await scopeOf(ctx), businessAccountId, q) };
    },
  });
};
