import type { Core } from '@strapi/strapi';
import { hideTypes } from './access/content-manager';
import { contentDoor } from './http/door';
import { nameRefusals } from './http/refusals';
import { takeWebhooks } from './inbound/early';
import { keepOutOfGraphql } from './storage/graphql';
import { trimIndexes } from './storage/unused-indexes';
import { refuseLargeUploads } from './uploads/early';
import { registerRawTables } from './storage/raw-tables';
import { RAW_TABLES } from './tables';

export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  registerRawTables(strapi, RAW_TABLES);
  trimIndexes(strapi);
  keepOutOfGraphql(strapi);
  strapi.server.use(takeWebhooks(strapi, contentDoor(strapi)) as Parameters<typeof strapi.server.use>[0]);
  strapi.server.use(nameRefusals(strapi) as Parameters<typeof strapi.server.use>[0]);
  strapi.server.use(refuseLargeUploads(strapi) as Parameters<typeof strapi.server.use>[0]);
  strapi.server.use(hideTypes as Parameters<typeof strapi.server.use>[0]);
};
