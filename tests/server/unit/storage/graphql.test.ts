import type { Core } from '@strapi/strapi';
import { keepOutOfGraphql } from '../../../../server/src/storage/graphql';

const site = (plugins: Record<string, unknown>) =>
  ({
    contentTypes: {
      'api::article.article': {},
      'plugin::whatsapp.message': {},
      'plugin::whatsapp.integration': {},
      'plugin::whatsapp-other.thing': {},
    },
    plugin: (name: string) => plugins[name],
  }) as unknown as Core.Strapi;

it('keeps every content type of ours, and no other, out of the site’s GraphQL', () => {
  const closed: string[] = [];
  const extension = { shadowCRUD: (uid: string) => ({ disable: () => closed.push(uid) }) };
  keepOutOfGraphql(
    site({ graphql: { service: (name: string) => (name === 'extension' ? extension : null) } }),
  );
  expect(closed).toEqual(['plugin::whatsapp.message', 'plugin::whatsapp.integration']);
});

it('asks for nothing where the site has no GraphQL', () => {
  expect(() => keepOutOfGraphql(site({}))).not.toThrow();
});
