import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Navigate, Route, Routes } from 'react-router-dom';
import { ApiError } from '../../admin/src/api/client';
import { arrange, entriesOf, type ListFilter } from '../../admin/src/templates/list/groups';
import { chipOf } from '../../admin/src/templates/list/status';
import { TemplateDetailPage } from '../../admin/src/templates/detail/TemplateDetailPage';
import { TemplatesListPage } from '../../admin/src/templates/list/TemplatesListPage';
import { clearFirstSyncs } from '../../admin/src/templates/list/use-sync';
import { templateName } from '../../admin/src/templates/new/template-name';
import {
  accountsResource,
  alertsResource,
  draftsResource,
  templatesResource,
} from '../../admin/src/templates/resources';
import { someAbilities } from './helpers/abilities';
import { renderAdmin } from './helpers/render';
import { fakeServer, type Call } from './helpers/server';
import { accounts, aDraft, aTemplate } from './helpers/template-things';
import { at } from './helpers/things';

const mockServer = fakeServer();
const mockNotify = jest.fn();
jest.mock('@strapi/strapi/admin', () => ({
  getFetchClient: () => mockServer.client,
  attemptTokenRefresh: jest.fn(),
  useNotification: () => ({ toggleNotification: mockNotify }),
  useMediaQuery: () => true,
  BackButton: () => null,
  Page: {
    Main: ({ children }: { children: React.ReactNode }) => <main>{children}</main>,
    Title: () => null,
    Loading: () => <p>Loading</p>,
    NoData: () => <p>No such thing</p>,
  },
  Layouts: {
    Header: (props: Record<string, React.ReactNode>) => (
      <header>
        <h1>{props.title}</h1>
        <p>{props.subtitle}</p>
        {props.secondaryAction}
        {props.primaryAction}
      </header>
    ),
    Content: ({ children }: { children: React.ReactNode }) => <>{children}</>,
  },
}));

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const NO_FILTER: ListFilter = {
  q: '',
  status: '',
  category: '',
  language: '',
  quality: '',
  account: '',
  number: '',
};
const many = [
  aTemplate(),
  aTemplate({ id: 't2', language: 'tr', status: 'PENDING', quality: null }),
  aTemplate({ id: 't3', name: 'spring_sale', category: 'MARKETING', status: 'REJECTED', quality: 'RED' }),
  aTemplate({ id: 't4', name: 'old_news', status: 'REMOVED' }),
];
const serve = (templates = many, drafts = [aDraft({ name: 'draft_one', language: 'de' })]) =>
  mockServer.answer({
    'GET /templates': { data: templates, meta: { nextCursor: null } },
    'GET /template-drafts': { data: drafts },
    'GET /template-accounts': accounts(),
    'GET /template-alerts': { data: [] },
  });

beforeEach(() => {
  mockServer.reset();
  mockNotify.mockReset();
  for (const resource of [templatesResource, draftsResource, accountsResource, alertsResource]) {
    act(() => resource.clear());
  }
});

describe('arranging templates', () => {
  const entries = entriesOf(many, [aDraft({ name: 'draft_one' }), aDraft({ id: 'd2', templateId: 't1' })]);

  it('puts the languages of a name together and counts every state', () => {
    const { groups, counts } = arrange(entries, NO_FILTER, []);
    expect(groups.map(({ name, entries: list }) => [name, list.length])).toEqual([
      ['draft_one', 1],
      ['order_ready', 2],
      ['spring_sale', 1],
    ]);
    expect(counts).toEqual({
      approved: 1,
      in_review: 1,
      rejected: 1,
      paused: 0,
      disabled: 0,
      draft: 2,
      removed: 1,
    });
  });

  it('shows what is gone only when it is asked for', () => {
    expect(arrange(entries, { ...NO_FILTER, status: 'removed' }, []).groups.map(({ name }) => name)).toEqual([
      'old_news',
    ]);
  });

  it('finds changes to a template among the drafts', () => {
    expect(arrange(entries, { ...NO_FILTER, status: 'draft' }, []).groups.map(({ name }) => name)).toEqual([
      'draft_one',
      'order_ready',
    ]);
  });

  it.each<[Partial<ListFilter>, string[]]>([
    [{ q: 'SPRING' }, ['spring_sale']],
    [{ q: 'pickup', language: 'tr' }, ['order_ready']],
    [{ category: 'MARKETING' }, ['draft_one', 'spring_sale']],
    [{ quality: 'RED' }, ['spring_sale']],
    [{ account: 'other' }, []],
    [{ number: 'n1' }, ['draft_one', 'order_ready', 'spring_sale']],
    [{ number: 'n9' }, []],
  ])('filters by %j', (filter, names) => {
    const { groups } = arrange(entries, { ...NO_FILTER, ...filter }, accounts().data);
    expect(groups.map(({ name }) => name)).toEqual(names);
  });

  it('keeps accounts apart and drafts that are at Meta out', () => {
    const twice = entriesOf(
      [aTemplate(), aTemplate({ id: 't9', businessAccountId: '2' })],
      [aDraft({ state: 'submitted' })],
    );
    expect(arrange(twice, NO_FILTER, []).groups).toHaveLength(2);
  });

  it('takes a state that it does not know for one that cannot be sent', () => {
    expect(chipOf('SOMETHING_NEW')).toBe('disabled');
  });
});

describe('a name for Meta', () => {
  it.each([
    ['Order ready', 'order_ready'],
    ['Sipariş hazır!', 'siparis_hazir_'],
    ['Größe', 'grosse'],
    ['__x', 'x'],
    ['注文', ''],
  ])('%s → %s', (text, name) => expect(templateName(text)).toBe(name));
});

describe('the list', () => {
  it('opens the languages of a name and keeps a state in the address', async () => {
    serve();
    renderAdmin(<TemplatesListPage abilities={someAbilities()} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Show the languages of order_ready' }));
    expect(screen.getByRole('link', { name: 'order_ready in tr' })).toHaveAttribute(
      'href',
      '/plugins/whatsapp/templates/t2',
    );
    await press('Rejected 1');
    expect(screen.queryByText('order_ready')).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'spring_sale' })).toBeInTheDocument();
    await press('Reset filters');
    expect(screen.getByText('order_ready')).toBeInTheDocument();
  });

  it('compares with Meta and tells what came of it, and whose listing broke off', async () => {
    serve();
    mockServer.answer({
      'POST /templates/sync': {
        data: {
          created: 2,
          updated: 1,
          removed: 0,
          unchanged: 5,
          failed: [{ integrationId: 'n1', error: 'Meta refused the token.' }],
        },
      },
    });
    renderAdmin(<TemplatesListPage abilities={someAbilities()} />);
    await screen.findByText('order_ready');
    await press('Sync with Meta');
    expect(await screen.findByText('2 new · 1 changed · 0 gone · 5 as they were')).toBeInTheDocument();
    expect(screen.getByText(/Meta refused the token/)).toHaveTextContent('Sales: Meta refused the token.');
    expect(mockServer.asked('GET', '/templates')).toHaveLength(2);
  });

  it('tells what happened in sentences, and brings a notice back that could not be dismissed', async () => {
    serve();
    const alert = {
      id: 'a1',
      templateId: 't3',
      name: 'spring_sale',
      language: 'en_US',
      at: at(0),
      read: false,
    };
    mockServer.answer({
      'GET /template-alerts': {
        data: [
          { ...alert, id: 'a2', kind: 'category', facts: { from: 'UTILITY', to: 'MARKETING' } },
          { ...alert, kind: 'rejected', facts: { reason: 'PROMOTIONAL' } },
          { ...alert, id: 'a0', kind: 'paused', facts: {}, read: true },
        ],
      },
      'POST /template-alerts/read': new ApiError('No', 500, 'http_500'),
    });
    renderAdmin(<TemplatesListPage abilities={someAbilities()} />);
    const strip = await screen.findByRole('region', { name: 'What happened to your templates' });
    expect(strip).toHaveTextContent(
      'spring_sale (en_US) was rejected: It advertises, which its category does not allow',
    );
    expect(strip).toHaveTextContent(
      'Meta changes the category of spring_sale (en_US) from Utility to Marketing.',
    );
    await userEvent.click(within(strip).getByRole('button', { name: 'Dismiss all' }));
    expect(mockServer.asked('POST', '/template-alerts/read')[0].body).toEqual({ upTo: 'a2' });
    expect(
      await screen.findByRole('region', { name: 'What happened to your templates' }),
    ).toBeInTheDocument();
  });

  it('offers nothing to whoever only reads', async () => {
    serve();
    renderAdmin(
      <TemplatesListPage
        abilities={someAbilities({ canManageTemplates: false, canApproveTemplates: false })}
      />,
    );
    await screen.findByText('order_ready');
    expect(screen.queryByRole('button', { name: 'New template' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Sync with Meta' })).not.toBeInTheDocument();
    expect(mockServer.asked('GET', '/template-drafts')).toEqual([]);
  });

  it('asks for name, category and language before writing begins', async () => {
    serve([]);
    mockServer.answer({
      'POST /template-drafts': ({ body }: Call) => ({ data: { ...aDraft(), ...(body as object) } }),
    });
    renderAdmin(<TemplatesListPage abilities={someAbilities()} />);
    await userEvent.click((await screen.findAllByRole('button', { name: 'New template' }))[0]);
    await userEvent.type(screen.getByRole('textbox', { name: /^Name/ }), 'Order Ready!');
    await userEvent.click(screen.getByRole('radio', { name: 'Marketing' }));
    await press('Start writing');
    expect(mockServer.asked('POST', '/template-drafts')[0].body).toEqual({
      businessAccountId: '900800700',
      name: 'order_ready',
      language: 'en',
      category: 'MARKETING',
    });
  });
});

describe('one template', () => {
  const open = (change: Parameters<typeof aTemplate>[0], abilities = someAbilities()) => {
    serve([aTemplate(change)]);
    mockServer.answer({
      'GET /templates/t1': { data: aTemplate(change) },
      'GET /templates/t1/analytics': {
        data: {
          ours: { sent: 10, delivered: 9, read: 5, replied: 2, clicked: 1, failed: 1 },
          meta: { sent: 30, delivered: 28, read: 20, clicked: null },
          metaError: null,
          byDay: [{ day: '2026-11-22', sent: 10, delivered: 9, read: 5, failed: 1 }],
        },
      },
    });
    renderAdmin(
      <Routes>
        <Route path="/" element={<Navigate to="/t1" />} />
        <Route path="/:id" element={<TemplateDetailPage abilities={abilities} />} />
      </Routes>,
    );
  };

  it('says why it was rejected, what Meta advises, and begins the mending', async () => {
    open({
      status: 'REJECTED',
      rejectedReason: 'INVALID_FORMAT',
      rejectionAdvice: 'Take the variable away from the end.',
    });
    mockServer.answer({ 'POST /template-drafts': { data: aDraft({ id: 'd7' }) } });
    expect(
      await screen.findByText('Meta rejected this template: Something about its form is wrong'),
    ).toBeInTheDocument();
    expect(screen.getByText('Take the variable away from the end.')).toBeInTheDocument();
    await press('Fix and resubmit');
    expect(mockServer.asked('POST', '/template-drafts')[0].body).toEqual({
      templateId: 't1',
      purpose: 'edit',
    });
  });

  it('sets the category that was asked for against the one that Meta gave', async () => {
    open({ category: 'MARKETING', requestedCategory: 'UTILITY' });
    expect(await screen.findByText('Asked for as Utility, Meta made it Marketing')).toBeInTheDocument();
  });

  it('holds our figures and those of Meta apart', async () => {
    open({});
    const row = (await screen.findByRole('rowheader', { name: 'Delivered' })).closest('tr')!;
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['9 (90%)', '28 (93%)']);
    const replied = screen.getByRole('rowheader', { name: 'Answered' }).closest('tr')!;
    expect(within(replied).getAllByRole('cell')[1]).toHaveTextContent('–');
  });

  it('tells when it may be changed again', async () => {
    open({ editing: { allowed: false, reason: 'day', nextAt: at(3600), used30Days: 4 } });
    expect(await screen.findByText(/^Once in 24 hours; again on/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Edit' })).toBeDisabled();
  });

  it('names where it is used before it is deleted', async () => {
    open({});
    mockServer.answer({
      'GET /templates/t1/usage': {
        data: { scheduled: 2, sent30Days: 5, lastSentAt: null, drafts: [], favourites: 1, hasBindings: true },
      },
      'DELETE /templates/t1': {},
    });
    await screen.findByRole('button', { name: 'Edit' });
    await press('Delete');
    const list = await screen.findByRole('list', { name: 'Where it is used' });
    expect(list).toHaveTextContent('2 messages wait with it and will not go out');
    expect(list).toHaveTextContent('1 person has it as a favourite');
    await userEvent.click(screen.getAllByRole('button', { name: 'Delete' }).at(-1)!);
    expect(mockServer.asked('DELETE', '/templates/t1')).toHaveLength(1);
    expect(mockNotify).toHaveBeenCalledWith({ type: 'success', message: 'Template deleted' });
  });

  it('offers no change to whoever only reads', async () => {
    open({ status: 'REJECTED' }, someAbilities({ canManageTemplates: false }));
    await screen.findByText('Meta rejected this template');
    expect(screen.queryByRole('button', { name: /Edit|Delete|Duplicate|Fix/ })).not.toBeInTheDocument();
  });
});

describe('an account that was never read', () => {
  const unread = () => {
    const answer = accounts();
    return { ...answer, data: answer.data.map((one) => ({ ...one, lastSyncedAt: null })) };
  };

  it('is read once when the list is opened, and says so meanwhile', async () => {
    clearFirstSyncs();
    let finish = (): void => undefined;
    const read = new Promise<void>((resolve) => (finish = resolve));
    serve([], []);
    mockServer.answer({
      'GET /template-accounts': unread(),
      'POST /templates/sync': () => read.then(() => ({ data: {} })),
    });
    renderAdmin(<TemplatesListPage abilities={someAbilities()} />);
    expect(await screen.findByText('Your templates are being read from Meta…')).toBeInTheDocument();
    serve();
    finish();
    expect(await screen.findByText('spring_sale')).toBeInTheDocument();
    expect(mockServer.asked('POST', '/templates/sync').map(({ body }) => body)).toEqual([
      { integrationId: 'n1' },
    ]);
  });

  it('is left to the schedule for whoever may not manage templates', async () => {
    clearFirstSyncs();
    serve();
    mockServer.answer({ 'GET /template-accounts': unread() });
    renderAdmin(<TemplatesListPage abilities={someAbilities({ canManageTemplates: false })} />);
    expect(await screen.findByText('spring_sale')).toBeInTheDocument();
    expect(mockServer.asked('POST', '/templates/sync')).toEqual([]);
  });
});
