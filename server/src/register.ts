import type { Core } from '@strapi/strapi';
import { keepRawBody } from './http/raw-body';
import { registerRawTables } from './storage/raw-tables';

export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  registerRawTables(strapi);
  strapi.server.use(keepRawBody(strapi) as Parameters<typeof strapi.server.use>[0]);
};
