import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { chooseOrganization } from '../../admin/src/api/organization';
import { clearResources, debugResource, meResource } from '../../admin/src/api/resources';
import { ApiAccessContent } from '../../admin/src/api-access/ApiAccessPage';
import { AuditContent } from '../../admin/src/audit/AuditPage';
import { changesOf } from '../../admin/src/audit/words';
import { DoctorContent } from '../../admin/src/doctor/DoctorPage';
import { groupChecks } from '../../admin/src/doctor/summary';
import { DebugCard } from '../../admin/src/settings/DebugCard';
import { DebugBanner } from '../../admin/src/settings/DebugBanner';
import { EncryptionCard } from '../../admin/src/settings/EncryptionCard';
import { endOfDay, startOfDay } from '../../admin/src/settings/use-filters';
import { WebhookLogContent } from '../../admin/src/webhooks-log/WebhookLogPage';
import { prettyJson } from '../../admin/src/webhooks-log/pretty-json';
import type { DoctorCheck } from '../../server/src/doctor/contract';
import type { WebhookCall } from '../../server/src/webhooks-log/contract';
import { someAbilities } from './helpers/abilities';
import { renderAdmin } from './helpers/render';
import { fakeServer } from './helpers/server';
import { anIntegration, at } from './helpers/things';

const mockServer = fakeServer();
const mockNotify = jest.fn();
const mockAllowed = jest.fn();
jest.mock('@strapi/strapi/admin', () => ({
  getFetchClient: () => mockServer.client,
  attemptTokenRefresh: jest.fn(),
  useNotification: () => ({ toggleNotification: mockNotify }),
  useRBAC: () => ({ isLoading: false, allowedActions: mockAllowed() as unknown }),
  useAuth: () => '7',
  Page: {
    Main: ({ children }: { children: React.ReactNode }) => <main>{children}</main>,
    Title: () => null,
    Loading: () => <p>Loading</p>,
  },
  Layouts: {
    Header: ({ title, primaryAction }: { title: string; primaryAction: React.ReactNode }) => (
      <header>
        <h1>{title}</h1>
        {primaryAction}
      </header>
    ),
    Content: ({ children }: { children: React.ReactNode }) => <>{children}</>,
  },
}));

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  mockServer.reset();
  mockNotify.mockReset();
  mockAllowed.mockReturnValue(someAbilities());
  act(() => clearResources());
  act(() => meResource.clear());
});

const finding = (change: Partial<DoctorCheck>): DoctorCheck => ({
  name: 'queue',
  scope: 'plugin',
  label: 'Send queue',
  state: 'ok',
  key: 'not.known',
  facts: {},
  message: 'Nothing waits.',
  fix: null,
  fixKey: null,
  action: null,
  at: null,
  ...change,
});

describe('Doctor', () => {
  const sick = [
    finding({}),
    finding({ scope: 'n1', name: 'token', state: 'ok', message: 'Valid.' }),
    finding({
      scope: 'n1',
      name: 'subscription',
      state: 'error',
      message: 'The app is not subscribed.',
      fix: 'Subscribe it.',
      action: 'subscribe',
    }),
  ];
  const well = sick.map((check) => ({ ...check, state: 'ok' as const, action: null, fix: null }));

  it('puts the plugin first and what is worst on top', () => {
    const groups = groupChecks([sick[1], sick[0], sick[2]]);
    expect(groups.map(({ scope, checks }) => [scope, checks.map(({ name }) => name)])).toEqual([
      ['plugin', ['queue']],
      ['n1', ['subscription', 'token']],
    ]);
  });

  it('names cause and way out, mends by a press and looks again', async () => {
    mockServer.answer({
      'GET /doctor': { data: { checks: sick, report: 'all of it' } },
      'GET /integrations': { data: [anIntegration()], meta: { nextCursor: null } },
      'POST /integrations/n1/subscribe': () => {
        mockServer.answer({ 'GET /doctor': { data: { checks: well, report: '' } } });
        return { data: well[2] };
      },
    });
    renderAdmin(<DoctorContent />);
    expect(await screen.findByText('1 thing is broken')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Sales' })).toHaveTextContent('Webhook subscription');
    expect(screen.getByText('What to do: Subscribe it.')).toBeInTheDocument();
    await press('Subscribe the app');
    expect(await screen.findByText('Everything is in order')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Subscribe the app' })).not.toBeInTheDocument();
  });

  it('offers no button to whoever may not press it, and still says what to do', async () => {
    mockAllowed.mockReturnValue(someAbilities({ canManageIntegrations: false }));
    mockServer.answer({ 'GET /doctor': { data: { checks: sick, report: '' } } });
    renderAdmin(<DoctorContent />);
    expect(await screen.findByText('What to do: Subscribe it.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Subscribe the app' })).not.toBeInTheDocument();
  });

  it('copies the report', async () => {
    userEvent.setup();
    mockServer.answer({ 'GET /doctor': { data: { checks: sick, report: 'all of it' } } });
    renderAdmin(<DoctorContent />);
    await screen.findByText('1 thing is broken');
    await press('Copy report');
    expect(await navigator.clipboard.readText()).toBe('all of it');
  });

  it('says so when the checks themselves cannot be run, and tries again', async () => {
    renderAdmin(<DoctorContent />);
    mockServer.answer({ 'GET /doctor': { data: { checks: well, report: '' } } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Everything is in order')).toBeInTheDocument();
  });
});

const aCall = (change: Partial<WebhookCall> = {}): WebhookCall => ({
  id: 'w1',
  at: at(0),
  path: '/api/whatsapp/webhook/k1',
  signature: 'valid',
  bytes: 1_234,
  kinds: ['messages'],
  integration: { id: 'n1', name: 'Sales' },
  state: 'quarantined',
  events: 1,
  durationMs: 12,
  error: 'A column was too short.',
  ...change,
});

describe('webhook log', () => {
  const list = (data: WebhookCall[], nextCursor: string | null = null) => ({
    data,
    meta: { nextCursor, rejected: { count: 3, since: at(-100) } },
  });

  it('shows payload and error of a quarantined call, and what replaying it did', async () => {
    mockServer.answer({
      'GET /webhook-log': list([aCall()]),
      'GET /webhook-log/w1': { data: { ...aCall(), payload: '{"object":"x"}' } },
      'POST /webhook-log/w1/replay': { data: aCall({ state: 'applied', error: null }) },
    });
    renderAdmin(<WebhookLogContent />);
    expect(await screen.findByText(/3 unsigned or wrongly signed calls/)).toBeInTheDocument();
    await userEvent.click(within(screen.getByRole('grid')).getByRole('button'));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('A column was too short.')).toBeInTheDocument();
    expect(within(dialog).getByRole('region', { name: 'Payload' })).toHaveTextContent('"object": "x"');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Apply again' }));
    expect(await within(dialog).findByText('Applied')).toBeInTheDocument();
    expect(within(dialog).queryByText('A column was too short.')).not.toBeInTheDocument();
    expect(within(dialog).getByRole('region', { name: 'Payload' })).toHaveTextContent('"object": "x"');
  });

  it('cannot replay what was rejected, and says why; without the right there is no button', async () => {
    mockServer.answer({
      'GET /webhook-log': list([aCall({ state: 'rejected', error: null })]),
      'GET /webhook-log/w1': { data: { ...aCall({ state: 'rejected' }), payload: null } },
    });
    const { unmount } = renderAdmin(<WebhookLogContent />);
    await userEvent.click(within(await screen.findByRole('grid')).getByRole('button'));
    const button = await screen.findByRole('button', { name: 'Apply again' });
    await waitFor(() => expect(button).toHaveAttribute('title', expect.stringMatching(/Only applied/)));
    expect(button).toBeDisabled();
    unmount();
    mockAllowed.mockReturnValue(someAbilities({ canReplayWebhooks: false }));
    renderAdmin(<WebhookLogContent />);
    await userEvent.click(within(await screen.findByRole('grid')).getByRole('button'));
    await screen.findByText('The payload is no longer kept, or never was.');
    expect(screen.queryByRole('button', { name: 'Apply again' })).not.toBeInTheDocument();
  });

  it('goes on where the first page ended, and forgets pages when the filter changes', async () => {
    mockServer.answer({
      'GET /webhook-log': ({ query }: { query: Record<string, string> }) => {
        if (query.kind) return list([aCall({ id: 'w9', kinds: ['account_update'] })]);
        return query.cursor ? list([aCall({ id: 'w2' })]) : list([aCall()], 'next');
      },
    });
    renderAdmin(<WebhookLogContent />);
    await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(screen.getAllByText('messages')).toHaveLength(2));
    await userEvent.type(screen.getByRole('textbox', { name: 'Kind' }), 'account_update');
    expect(await screen.findByText('account_update')).toBeInTheDocument();
    expect(screen.queryByText('messages')).not.toBeInTheDocument();
    await press('Reset filters');
    expect(await screen.findByText('messages')).toBeInTheDocument();
  });

  it.each([
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['not json', 'not json'],
  ])('writes %s for reading', (text, pretty) => {
    expect(prettyJson(text)).toBe(pretty);
  });
});

describe('audit trail', () => {
  const entry = {
    id: 'a1',
    at: at(0),
    actor: { type: 'admin', id: '7', name: 'Ada' },
    action: 'integration.update',
    target: { type: 'integration', id: 'n1', label: 'Sales' },
    before: { name: 'Sale', active: true },
    after: { name: 'Sales', active: true },
    ip: '10.0.0.1',
  } as const;

  it('shows who did what, what changed by it, and more of the same by a press', async () => {
    mockServer.answer({ 'GET /audit': { data: [entry], meta: { nextCursor: null } } });
    renderAdmin(<AuditContent />);
    expect(await screen.findByText('Changed a number')).toBeInTheDocument();
    await press('Show what changed');
    expect(screen.getByText('name').nextSibling).toHaveTextContent('Sale → Sales');
    expect(screen.queryByText('active')).not.toBeInTheDocument();
    await press('Sales');
    await waitFor(() =>
      expect(mockServer.asked('GET', '/audit').at(-1)?.query).toMatchObject({ target: 'integration:n1' }),
    );
  });

  it('offers no export without the right to it', async () => {
    mockAllowed.mockReturnValue(someAbilities({ canExportData: false }));
    mockServer.answer({ 'GET /audit': { data: [entry], meta: { nextCursor: null } } });
    renderAdmin(<AuditContent />);
    await screen.findByText('Changed a number');
    expect(screen.queryByRole('button', { name: 'Export CSV' })).not.toBeInTheDocument();
  });

  it('lists a change of nothing as nothing', () => {
    expect(changesOf({ before: null, after: null })).toEqual([]);
    expect(changesOf({ before: null, after: { on: true } })).toEqual([
      { field: 'on', before: null, after: 'true' },
    ]);
  });

  it('means the whole of the days chosen, by the viewer', () => {
    expect(startOfDay('2026-11-22')).toBe(new Date(2026, 10, 22).toISOString());
    expect(endOfDay('2026-11-22')).toBe(new Date(2026, 10, 22, 23, 59, 59, 999).toISOString());
    expect([startOfDay(''), endOfDay('22.11.')]).toEqual([undefined, undefined]);
  });
});

describe('encryption', () => {
  it('tells the keys by fingerprint and re-seals', async () => {
    const state = {
      configured: true,
      keys: [
        { id: 'aaaa1111', newest: true },
        { id: 'bbbb2222', newest: false },
      ],
      sealedRows: 2,
      oldRows: 1,
    };
    mockServer.answer({
      'GET /encryption': { data: state },
      'POST /encryption/reseal': () => {
        mockServer.answer({ 'GET /encryption': { data: { ...state, oldRows: 0 } } });
        return { data: { resealed: 1, unreadable: 1 } };
      },
    });
    renderAdmin(<EncryptionCard />);
    expect(await screen.findByText('aaaa1111')).toBeInTheDocument();
    await press('Re-seal everything');
    expect(await screen.findByText('1 row re-sealed')).toBeInTheDocument();
    expect(screen.getByText(/could not be opened with any key/)).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Re-seal everything' })).toBeDisabled());
  });

  it('says what is missing without a key', async () => {
    mockServer.answer({
      'GET /encryption': { data: { configured: false, keys: [], sealedRows: 0, oldRows: 0 } },
    });
    renderAdmin(<EncryptionCard />);
    expect(await screen.findByText('No encryption key is set')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Re-seal everything' })).not.toBeInTheDocument();
  });
});

describe('debug mode', () => {
  it('is switched on for a while, shows its banner, and is switched off', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    mockServer.answer({
      'PUT /debug': ({ body }: { body: { minutes: number } }) => ({
        data: { until: body.minutes > 0 ? until : null },
      }),
    });
    renderAdmin(
      <>
        <DebugBanner />
        <DebugCard />
      </>,
    );
    expect(screen.queryByText('Debug mode is on')).not.toBeInTheDocument();
    await press('Switch on');
    expect(await screen.findByText('Debug mode is on')).toBeInTheDocument();
    expect(mockServer.asked('PUT', '/debug')[0].body).toEqual({ minutes: 60 });
    await press('Switch off');
    await waitFor(() => expect(screen.queryByText('Debug mode is on')).not.toBeInTheDocument());
  });

  it('has no banner once its time is over', () => {
    act(() => debugResource.store.set((s) => ({ ...s, data: { until: at(-10_000_000) } })));
    renderAdmin(<DebugBanner />);
    expect(screen.queryByText('Debug mode is on')).not.toBeInTheDocument();
  });
});

describe('API access', () => {
  const token = { id: '3', name: 'Shop', type: 'custom', lastUsedAt: null, organization: null };
  const me = {
    organizations: [
      { id: '1', name: 'Default', slug: 'default' },
      { id: '2', name: 'North', slug: 'north' },
    ],
    organization: { id: '1', name: 'Default', slug: 'default', timeZone: 'UTC' },
    superAdmin: true,
  };

  it('warns of tokens that speak for nobody and binds one', async () => {
    mockServer.answer({
      'GET /me': { data: me },
      'GET /api-access': { data: [token] },
      'PUT /api-access/3': { data: { ...token, organization: { id: '2', name: 'North' } } },
    });
    await act(() => meResource.refresh());
    renderAdmin(<ApiAccessContent />);
    expect(await screen.findByText('Some tokens speak for no organization')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('combobox', { name: 'Organization of Shop' }));
    await userEvent.click(await screen.findByRole('option', { name: 'North' }));
    await waitFor(() =>
      expect(screen.queryByText('Some tokens speak for no organization')).not.toBeInTheDocument(),
    );
    expect(mockServer.asked('PUT', '/api-access/3')[0].body).toEqual({ organizationId: '2' });
  });

  it('names the chosen organization with every call, and forgets one that is no longer open', async () => {
    act(() => chooseOrganization('north'));
    mockServer.answer({
      'GET /me': ({ headers }: { headers: Record<string, string> }) =>
        headers['x-whatsapp-organization'] === 'north' ? undefined : { data: me },
      'GET /api-access': { data: [] },
    });
    await act(() => meResource.refresh());
    expect(mockServer.asked('GET', '/me').map(({ headers }) => headers)).toEqual([
      { 'x-whatsapp-organization': 'north' },
      {},
    ]);
    expect(meResource.store.get().data?.organization.slug).toBe('default');
  });
});
