import { bootStrapi, type BootedStrapi } from '../../helpers/strapi';

interface Route {
  method: string;
  path: string;
  config?: { auth?: unknown; policies?: (string | { name: string; config?: { actions?: string[] } })[] };
}

interface Router {
  type: string;
  routes: Route[];
}

/** A signature protects these: Meta cannot send an API token, an image tag no header. */
const SIGNED = /webhook|media|uploads\/:id\/file/;

/** Strapi's own asks for all of its actions, ours for any one of them. */
const ASKING = ['admin::hasPermissions', 'plugin::whatsapp.has-any-permission'];

let booted: BootedStrapi;

const routesOf = (type: string): Route[] =>
  (Object.values(booted.strapi.plugin('whatsapp').routes) as unknown as Router[])
    .filter((router) => router.type === type)
    .flatMap((router) => router.routes);

const label = ({ method, path }: Route): string => `${method} ${path}`;

beforeAll(async () => {
  booted = await bootStrapi();
});
afterAll(() => booted?.stop());

describe('doors of the plugin', () => {
  it('asks for a registered permission on every admin route', () => {
    const registered = booted.strapi.service('admin::permission').actionProvider.keys() as string[];
    const routes = routesOf('admin');
    expect(routes.length).toBeGreaterThan(0);
    const open = routes.filter(({ config }) => {
      const policy = config?.policies?.find(
        (entry) => typeof entry === 'object' && ASKING.includes(entry.name),
      );
      const actions = typeof policy === 'object' ? (policy.config?.actions ?? []) : [];
      return actions.length === 0 || actions.some((action) => !registered.includes(action));
    });
    expect(open.map(label)).toEqual([]);
  });

  it('refuses every admin route without a session', async () => {
    const answers = await Promise.all(
      routesOf('admin').map(async (route) => {
        const method = route.method.toLowerCase() as 'get';
        const { status } = await booted.http[method](`/whatsapp${route.path.replace(/:\w+/g, 'x')}`);
        return { route: label(route), status };
      }),
    );
    expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
  });

  it('opens no content API route without a token, save the signed webhook', () => {
    const open = routesOf('content-api').filter(
      ({ config, path }) => config?.auth === false && !SIGNED.test(path),
    );
    expect(open.map(label)).toEqual([]);
  });
});
