import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { bindOrganization, organizationStore } from '../../admin/src/api/organization';
import { clearResources, meResource } from '../../admin/src/api/resources';
import { Assignee } from '../../admin/src/conversations/Assignee';
import { listStore, takeConversation } from '../../admin/src/conversations/list-store';
import { NumberHealth } from '../../admin/src/conversations/NumberHealth';
import { NumberTrouble } from '../../admin/src/conversations/NumberTrouble';
import { Phone } from '../../admin/src/conversations/Phone';
import { bindSession, switchOrganization } from '../../admin/src/inbox/session';
import { FirstMessageCard } from '../../admin/src/integrations/FirstMessageCard';
import { dailyLimit, qualityWords } from '../../admin/src/integrations/health-words';
import { ChecksCard } from '../../admin/src/integrations/ChecksCard';
import { Stepper } from '../../admin/src/integrations/Stepper';
import { threadStore } from '../../admin/src/messages/thread-store';
import {
  copyToOpenDays,
  dayProblem,
  DEFAULT_HOURS,
  fromEnd,
  nextSpan,
  toEnd,
} from '../../admin/src/organizations/hours';
import { HoursEditor } from '../../admin/src/organizations/HoursEditor';
import { OrganizationSwitcher } from '../../admin/src/organizations/OrganizationSwitcher';
import { someAbilities } from './helpers/abilities';
import { renderAdmin } from './helpers/render';
import { fakeServer } from './helpers/server';
import { aConversation, anIntegration } from './helpers/things';

const mockServer = fakeServer();
const mockNotify = jest.fn();
jest.mock('@strapi/strapi/admin', () => ({
  getFetchClient: () => mockServer.client,
  attemptTokenRefresh: jest.fn(),
  useNotification: () => ({ toggleNotification: mockNotify }),
}));

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));

afterEach(() => jest.useRealTimers());
beforeEach(() => {
  mockServer.reset();
  mockNotify.mockReset();
  localStorage.clear();
  act(() => clearResources());
});

describe('phone number', () => {
  it('is revealed on request where one may', async () => {
    mockServer.answer({ 'GET /contacts/p1/phone': { data: { phone: '+905321234567' } } });
    renderAdmin(<Phone contactId="p1" phone="+90 ••• •• 67" canReveal />);
    expect(screen.queryByRole('button', { name: 'Copy: Phone' })).not.toBeInTheDocument();
    await press('Show the whole number');
    expect(await screen.findByText('+905321234567')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Copy: Phone' })).toBeInTheDocument();
  });

  it('stays masked, without a button, where one may not', () => {
    renderAdmin(<Phone contactId="p1" phone="+90 ••• •• 67" canReveal={false} />);
    expect(screen.getByText('+90 ••• •• 67')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('who answers', () => {
  it('is changed in a menu, me first', async () => {
    const taken = aConversation({ assignee: { id: '7', name: 'Ada' } });
    mockServer.answer({
      'GET /assignees': { data: [{ id: '8', name: 'Leo' }] },
      'POST /conversations/c1/assign': { data: taken },
    });
    renderAdmin(<Assignee conversation={aConversation()} userId="7" canAssign />);
    await press('Assigned to nobody');
    expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual([
      'Assign to me',
      'Leo',
    ]);
    await userEvent.click(screen.getByRole('menuitem', { name: 'Assign to me' }));
    await waitFor(() => expect(listStore.get().byId.c1?.assignee?.name).toBe('Ada'));
    expect(mockServer.asked('POST', '/conversations/c1/assign')[0].body).toEqual({ assigneeId: '7' });
  });

  it('is told and no more to whoever may not assign', () => {
    const conversation = aConversation({ assignee: { id: '8', name: 'Leo' } });
    renderAdmin(<Assignee conversation={conversation} userId="7" canAssign={false} />);
    expect(screen.getByText('Assigned to Leo')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('health of a number', () => {
  it.each([
    ['TIER_250', 250],
    ['TIER_2K', 2_000],
    ['TIER_100K', 100_000],
    ['TIER_UNLIMITED', Infinity],
    ['1M', 1_000_000],
    ['TIER_NOT_SET', null],
    [null, null],
  ])('limit %s: %s', (tier, people) => {
    expect(dailyLimit(tier)).toBe(people);
  });

  it.each([
    ['GREEN', 'ok'],
    ['yellow', 'warning'],
    ['RED', 'error'],
    ['UNKNOWN', undefined],
    [null, undefined],
  ])('quality %s: %s', (rating, sign) => {
    expect(qualityWords(rating)?.sign).toBe(sign);
  });

  it('stands beside its name, figures in the hint', () => {
    renderAdmin(
      <NumberHealth integration={anIntegration({ qualityRating: 'RED', messagingLimit: 'TIER_2K' })} />,
    );
    expect(screen.getByTitle('Quality: Low · Daily limit: 2,000 people')).toHaveTextContent('Sales');
    expect(screen.getByRole('img', { name: 'Broken' })).toBeInTheDocument();
  });

  it("tells Meta's words only to whoever can act on them", () => {
    const integration = anIntegration({ status: 'error', statusMessage: 'The token has expired.' });
    const { rerender } = renderAdmin(<NumberTrouble integration={integration} canAct />);
    expect(screen.getByText(/The token has expired\./)).toBeInTheDocument();
    expect(screen.getByRole('link')).toHaveAttribute('href', '/settings/whatsapp/numbers/n1');
    rerender(<NumberTrouble integration={integration} canAct={false} />);
    expect(screen.getByText(/Meta refused Sales lately/)).not.toHaveTextContent('expired');
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    rerender(<NumberTrouble integration={anIntegration()} canAct />);
    expect(screen.queryByText(/Sales/)).not.toBeInTheDocument();
  });
});

describe('connecting a number', () => {
  it('says where one stands', () => {
    renderAdmin(<Stepper step="checks" />);
    const items = screen.getAllByRole('listitem');
    expect(items.map((item) => item.getAttribute('aria-current'))).toEqual([null, null, 'step', null]);
  });

  it('runs the checks by itself and replaces the one that a repair made again', async () => {
    const bad = {
      name: 'callback',
      ok: false,
      state: 'error',
      key: 'not.known',
      facts: {},
      message: 'Points elsewhere.',
      fix: null,
      fixKey: null,
      action: 'override-callback',
    };
    mockServer.answer({
      'POST /integrations/n1/test': { data: { ok: false, checks: [bad] } },
      'POST /integrations/n1/override-callback': {
        data: { ...bad, ok: true, state: 'ok', message: 'Points here.', action: null },
      },
    });
    const onResult = jest.fn();
    renderAdmin(
      <ChecksCard integration={anIntegration()} abilities={someAbilities()} autoStart onResult={onResult} />,
    );
    expect(await screen.findByText('Points elsewhere.')).toBeInTheDocument();
    await press('Point it here');
    expect(await screen.findByText('Points here.')).toBeInTheDocument();
    expect(onResult.mock.calls).toEqual([[false], [true]]);
    expect(mockServer.asked('POST', '/integrations/n1/test')).toHaveLength(1);
  });

  it('ticks the first message when it comes, and does not take an old one for it', async () => {
    jest.useFakeTimers();
    const long = new Date(Date.now() - 3_600_000).toISOString();
    mockServer.answer({ 'GET /integrations/n1': { data: anIntegration({ lastMessageAt: long }) } });
    renderAdmin(
      <FirstMessageCard
        integration={anIntegration({ lastMessageAt: long })}
        abilities={someAbilities({ canSeeInbox: false })}
      />,
    );
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(screen.queryByText(/It arrived/)).not.toBeInTheDocument();
    const now = new Date(Date.now()).toISOString();
    mockServer.answer({ 'GET /integrations/n1': { data: anIntegration({ lastMessageAt: now }) } });
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    expect(screen.getByText(/It arrived/)).toBeInTheDocument();
    const asked = mockServer.calls.length;
    await act(() => jest.advanceTimersByTimeAsync(20_000));
    expect(mockServer.calls).toHaveLength(asked);
  });
});

describe('opening hours', () => {
  it.each([
    [[], null],
    [[{ from: '09:00', to: '18:00' }], null],
    [[{ from: '09:00', to: '24:00' }], null],
    [[{ from: '18:00', to: '09:00' }], 'order'],
    [[{ from: '', to: '09:00' }], 'order'],
    [
      [
        { from: '13:00', to: '18:00' },
        { from: '09:00', to: '13:00' },
      ],
      null,
    ],
    [
      [
        { from: '09:00', to: '14:00' },
        { from: '13:00', to: '18:00' },
      ],
      'overlap',
    ],
  ])('%j: %s', (spans, problem) => {
    expect(dayProblem(spans)).toBe(problem);
  });

  it('know midnight as the end of a day', () => {
    expect([toEnd('00:00'), fromEnd('24:00'), toEnd('18:00')]).toEqual(['24:00', '00:00', '18:00']);
  });

  it('offer a further span after the last one, and none when the day is full', () => {
    expect(nextSpan([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '17:00' });
    expect(nextSpan([{ from: '09:00', to: '23:00' }])).toBeNull();
  });

  it('copy to open days only', () => {
    const hours = { ...DEFAULT_HOURS, mon: [{ from: '08:00', to: '12:00' }], sun: [] };
    const copied = copyToOpenDays(hours, 'mon');
    expect([copied.tue, copied.sun]).toEqual([[{ from: '08:00', to: '12:00' }], []]);
  });

  it('are closed by taking the tick away', async () => {
    const onChange = jest.fn();
    renderAdmin(<HoursEditor hours={DEFAULT_HOURS} disabled={false} onChange={onChange} />);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Sunday' }));
    expect(onChange).toHaveBeenCalledWith({ ...DEFAULT_HOURS, sun: [] });
  });
});

describe('organizations', () => {
  const me = (slug: string) => ({
    data: {
      organizations: [
        { id: '1', name: 'Default', slug: 'default' },
        { id: '2', name: 'North', slug: 'north' },
      ],
      organization: { id: '1', name: slug, slug, timeZone: 'UTC' },
      superAdmin: false,
    },
  });

  it('have no switcher as long as there is one', async () => {
    const one = me('default');
    one.data.organizations.pop();
    mockServer.answer({ 'GET /me': one });
    await act(() => meResource.refresh());
    renderAdmin(<OrganizationSwitcher />);
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  });

  it('leave nothing of the former one behind when switched', async () => {
    const user = { id: '7', name: 'Ada' };
    localStorage.setItem('whatsapp:outbox:7', JSON.stringify([]));
    bindSession(user);
    mockServer.answer({ 'GET /me': me('default') });
    await act(() => meResource.refresh());
    takeConversation(aConversation());
    const thread = threadStore('c1');
    renderAdmin(<OrganizationSwitcher />);
    await userEvent.click(screen.getByRole('combobox', { name: 'Organization' }));
    mockServer.answer({ 'GET /me': me('north') });
    await userEvent.click(await screen.findByRole('option', { name: 'North' }));
    expect(organizationStore.get()).toEqual({ userId: '7', slug: 'north' });
    expect(listStore.get().byId).toEqual({});
    expect(threadStore('c1')).not.toBe(thread);
    await waitFor(() =>
      expect(mockServer.asked('GET', '/me').at(-1)?.headers).toEqual({ 'x-whatsapp-organization': 'north' }),
    );
    // What was left unsent stays with the organization that it was written in.
    expect(localStorage.getItem('whatsapp:outbox:7')).toBeNull();
    expect(localStorage.getItem('whatsapp:outbox:7:default')).not.toBeNull();
  });

  it('are remembered per user', () => {
    act(() => switchOrganization('default'));
    act(() => bindOrganization('8'));
    expect(organizationStore.get()).toEqual({ userId: '8', slug: null });
    act(() => bindOrganization('7'));
    expect(organizationStore.get()).toEqual({ userId: '7', slug: 'default' });
  });
});
