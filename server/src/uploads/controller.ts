import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { notFound, WhatsAppError } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { idOf, parseBody } from '../http/validate';
import { serveFile } from '../media/serve';
import { withReceived } from './received';

/** A form field says `true` in words. */
const flag = z.union([z.boolean(), z.enum(['true', 'false', '1', '0', ''])]).optional();
const KINDS = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const;

export const uploadInput = z.object({
  integrationId: z.string().optional(),
  voice: flag,
  /** What it is to be sent as; default: what it is. */
  kind: z.enum(KINDS, `Must be one of ${KINDS.join(', ')}`).optional(),
});

export const libraryInput = z.object({
  fileId: z.union([z.string(), z.number()]),
  integrationId: z.string().optional(),
  kind: z.enum(KINDS).optional(),
});

export const createUploadController = ({ house, scopeOf }: Pick<Door, 'house' | 'scopeOf'>) => {
  /** The number is not needed to look at a file; naming one of somebody else is a mistake all the same. */
  const checkNumber = async (ctx: Context, integrationId: string | undefined) => {
    const scope = await scopeOf(ctx);
    if (integrationId === undefined) return scope;
    const number = await house().registry.byId(idOf(integrationId) ?? 0);
    if (number?.organizationId !== scope.organizationId) throw notFound('Integration');
    return scope;
  };

  return controller({
    async create(ctx: Context) {
      await withReceived(ctx, async (file) => {
        const { integrationId, voice, kind } = parseBody(ctx, uploadInput);
        const scope = await checkNumber(ctx, integrationId);
        const isVoice = voice === true || voice === 'true' || voice === '1';
        ctx.body = { data: await house().uploads.create(scope, file, kind ?? (isVoice ? 'voice' : null)) };
        ctx.status = 201;
      });
    },
    async fromLibrary(ctx: Context) {
      const { fileId, integrationId, kind } = parseBody(ctx, libraryInput);
      const scope = await checkNumber(ctx, integrationId);
      const file = await house().library.find(ctx, idOf(String(fileId)));
      ctx.body = { data: await house().uploads.create(scope, file, kind ?? null) };
      ctx.status = 201;
    },
    /** The link itself is the permission: it was signed for somebody who may see the file. */
    async file(ctx: Context) {
      const { uploads, uploadLinks } = house();
      const id = idOf(ctx.params.id);
      if (id === null || !uploadLinks.isValid(`${id}/file`, ctx.query))
        throw new WhatsAppError('media_link_invalid', 'This link has expired. Choose the file again.');
      const row = await uploads.findSigned(id);
      const shown = row && {
        organizationId: row.organizationId,
        messageId: row.id,
        mimeType: row.mimeType,
        fileName: row.fileName,
      };
      if (!shown || !(await serveFile(ctx, uploads.store, shown))) throw notFound('File');
    },
  });
};
