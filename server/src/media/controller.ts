import type { Context } from 'koa';
import { notFound, WhatsAppError } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { idOf } from '../http/validate';
import { serveFile } from './serve';

export const createMediaController = ({ house }: Pick<Door, 'house'>) =>
  controller({
    /** The link itself is the permission: it was signed for somebody who may see the message. */
    async findOne(ctx: Context) {
      const { links, media, mediaStore } = house();
      const id = idOf(ctx.params.id);
      if (id === null || !links.isValid(String(id), ctx.query)) {
        throw new WhatsAppError('media_link_invalid', 'This link has expired. Open the conversation again.');
      }
      const file = await media.file(id);
      if (!file || !(await serveFile(ctx, mediaStore, file))) throw notFound('File');
    },
  });

/** For the panel: who may see the message may have its file fetched again. */
export const createAdminMediaController = ({ house, scopeOf }: Door) =>
  controller({
    async retry(ctx: Context) {
      const scope = await scopeOf(ctx);
      const id = idOf(ctx.params.id);
      await house().messages.findOne(scope, id);
      await house().media.retry(scope, id);
      ctx.body = { data: await house().messages.findOne(scope, Number(id)) };
    },
  });
