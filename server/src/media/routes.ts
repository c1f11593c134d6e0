import { z } from '@strapi/utils';
import { openRoute } from '../http/routes';
import { idParam } from '../http/schemas';

export const mediaRoutes = [
  openRoute('GET', '/media/:id', 'media.findOne', {
    request: { params: { id: idParam }, query: { expires: z.string(), signature: z.string() } },
    response: z.string().describe('The file, with Range support'),
  }),
];
