import { z } from '@strapi/utils';
import { adminRoute, openRoute } from '../http/routes';
import { idParam } from '../http/schemas';
import { INBOX_ACTIONS } from '../permissions';

export const mediaRoutes = [
  openRoute('GET', '/media/:id', 'media.findOne', {
    request: { params: { id: idParam }, query: { expires: z.string(), signature: z.string() } },
    response: z.string().describe('The file, with Range support'),
  }),
];

export const mediaAdminRoutes = [
  adminRoute('POST', '/messages/:id/media/retry', 'adminMedia.retry', INBOX_ACTIONS),
];
