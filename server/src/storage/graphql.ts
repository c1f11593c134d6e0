import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';

interface Extension {
  shadowCRUD(uid: string): { disable(): unknown };
}

/**
 * `@strapi/plugin-graphql` makes queries for every content type, ours too, and opens them with the scopes of our REST
 * routes (`plugin::whatsapp.message.find` …). They would know of no organization, no masked number and no state machine.
 * Call it in `register`: that plugin builds its schema afterwards.
 */
export const keepOutOfGraphql = (strapi: Core.Strapi): void => {
  const graphql = strapi.plugin('graphql') as Core.Plugin | undefined;
  if (!graphql) return;
  const extension = graphql.service('extension') as unknown as Extension;
  for (const uid of Object.keys(strapi.contentTypes)) {
    if (uid.startsWith(`plugin::${PLUGIN_ID}.`)) extension.shadowCRUD(uid).disable();
  }
};
