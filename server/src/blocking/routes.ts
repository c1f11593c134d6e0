import { z } from '@strapi/utils';
import { adminRoute, contentRoute } from '../http/routes';
import { idParam } from '../http/schemas';
import { ACTIONS } from '../permissions';
import { blockInput } from './controller';

const schemas = {
  request: { params: { id: idParam }, body: { 'application/json': blockInput } },
  response: z.object({ data: z.object({ blocked: z.boolean() }) }),
};

export const blockContentRoutes = [
  contentRoute('POST', '/contacts/:id/block', 'block.block', schemas),
  contentRoute('POST', '/contacts/:id/unblock', 'block.unblock', schemas),
];

export const blockAdminRoutes = [
  adminRoute('POST', '/contacts/:id/block', 'adminBlock.block', ACTIONS.editContacts),
  adminRoute('POST', '/contacts/:id/unblock', 'adminBlock.unblock', ACTIONS.editContacts),
];
