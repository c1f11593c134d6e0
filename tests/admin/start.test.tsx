import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../admin/src/api/client';
import { StartConversation } from '../../admin/src/start/StartConversation';
import { bindableResource } from '../../admin/src/templates/form/fields-resource';
import { clearKeptForms } from '../../admin/src/templates/picker/kept-forms';
import { clearPickers } from '../../admin/src/templates/picker/picker-store';
import type { Integration } from '../../server/src/integrations/contract';
import type { StartPerson, TypedPhone } from '../../server/src/start/contract';
import { aPickerTemplate } from './helpers/picker';
import { renderAdmin } from './helpers/render';
import { fakeServer, type Call } from './helpers/server';

// Real keystrokes on a busy machine take their time.
jest.setTimeout(30_000);

const mockServer = fakeServer();
const mockNotify = jest.fn();
jest.mock('@strapi/strapi/admin', () => ({
  getFetchClient: () => mockServer.client,
  useNotification: () => ({ toggleNotification: mockNotify }),
  useRBAC: () => ({ allowedActions: {} }),
  useStrapiApp: () => undefined,
}));

const aNumber = (id: string, name: string, active = true) =>
  ({ id, name, active, phoneNumber: '+34911000000' }) as Integration;

const aPerson = (change: Partial<StartPerson>): StartPerson => ({
  contactId: '1',
  name: null,
  profileName: 'Ana Ruiz',
  phone: '+34600550001',
  userId: null,
  username: null,
  conversation: null,
  isTyped: false,
  ...change,
});
const ana = aPerson({ conversation: { id: 'c1', windowOpen: true, blocked: false } });
const bob = aPerson({
  contactId: '2',
  profileName: 'Bob',
  phone: '+34 ••• •• 02',
  conversation: { id: 'c2', windowOpen: false, blocked: false },
});
const NEW: TypedPhone = {
  number: '+34600559999',
  formatted: '+34 600 55 99 99',
  country: 'ES',
  problem: null,
};

const hello = aPickerTemplate({
  id: '10',
  name: 'hello',
  language: 'en_US',
  components: [{ type: 'BODY', text: 'A word from all of us.' }],
  parameters: [],
});

/** Answers by what is typed. */
const people = ({ body }: Call) => {
  const { q } = body as { q: string };
  if (q === '') return { data: { people: [ana, bob], phone: null } };
  if (q === '+34600559999') return { data: { people: [], phone: NEW } };
  if (q === '0532') return { data: { people: [], phone: { number: null, problem: 'no_country_code' } } };
  const found = [ana, bob].filter(({ profileName }) => profileName?.toLowerCase().startsWith(q));
  return { data: { people: found, phone: null } };
};

const onOpen = jest.fn();
const start = (numbers = [aNumber('n1', 'Sales')]) =>
  renderAdmin(
    <>
      <StartConversation
        userId="7"
        numbers={numbers}
        integrationId={null}
        canManageTemplates={false}
        onOpen={onOpen}
      />
      <input aria-label="elsewhere" />
    </>,
  );
const press = () => userEvent.click(screen.getByRole('button', { name: 'New conversation' }));
const who = () => screen.findByRole('textbox', { name: 'Name or phone number' });
const sends = () => mockServer.asked('POST', '/messages/send').map(({ body }) => body);

beforeEach(() => {
  localStorage.clear();
  mockServer.reset();
  clearPickers();
  clearKeptForms();
  bindableResource.clear();
  jest.clearAllMocks();
  mockServer.answer({
    'POST /start/people': people,
    'GET /template-picker': { data: [hello], meta: { language: null } },
    'POST /messages/send': { data: { id: 'm1', conversationId: 'c9' } },
  });
});

describe('a new conversation', () => {
  it('just opens where the person may be written to freely', async () => {
    start();
    await press();
    await userEvent.click(await screen.findByRole('button', { name: /Ana Ruiz.*Reply window open/ }));
    expect(onOpen).toHaveBeenCalledWith('c1');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(sends()).toEqual([]);
  });

  it('takes a template where the window is closed, then opens', async () => {
    start();
    await press();
    await userEvent.type(await who(), 'bo{Enter}');
    await userEvent.click(await screen.findByRole('button', { name: /^hello/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send' }));
    await waitFor(() => expect(onOpen).toHaveBeenCalledWith('c9'));
    expect(mockServer.asked('GET', '/template-picker')[0]?.query).toEqual({ conversationId: 'c2' });
    expect(sends()).toMatchObject([
      { conversationId: 'c2', integrationId: 'n1', template: { name: 'hello', language: 'en_US' } },
    ]);
  });

  it('writes to a number that nobody here knows', async () => {
    start();
    await press();
    await userEvent.type(await who(), '+34600559999');
    await userEvent.click(await screen.findByRole('button', { name: /Write to \+34 600 55 99 99.*Spain/ }));
    await userEvent.click(await screen.findByRole('button', { name: /^hello/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send' }));
    await waitFor(() => expect(onOpen).toHaveBeenCalledWith('c9'));
    expect(sends()).toMatchObject([{ to: '+34600559999', integrationId: 'n1' }]);
  });

  it('says what a number lacks, and never puts one into an address', async () => {
    start();
    await press();
    await userEvent.type(await who(), '0532');
    expect(
      await screen.findAllByText('Begin with a plus sign and the country code, like +34.'),
    ).not.toHaveLength(0);
    await userEvent.clear(await who());
    await userEvent.type(await who(), 'zzz');
    expect(
      await screen.findAllByText('Nobody found. For somebody new, type the whole phone number.'),
    ).not.toHaveLength(0);
    for (const { path, query } of mockServer.calls)
      expect(JSON.stringify([path, query])).not.toContain('0532');
  });

  it('keeps what was filled in when the server refuses, and sends the same again under the same key', async () => {
    mockServer.answer({ 'POST /messages/send': new ApiError('No', 429, 'rate_limit_exceeded') });
    start();
    await press();
    await userEvent.click(await screen.findByRole('button', { name: /^Bob/ }));
    await userEvent.click(await screen.findByRole('button', { name: /^hello/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send' }));
    await waitFor(() => expect(mockNotify).toHaveBeenCalledTimes(1));
    mockServer.answer({ 'POST /messages/send': { data: { id: 'm1', conversationId: 'c2' } } });
    await userEvent.click(await screen.findByRole('button', { name: 'Send' }));
    await waitFor(() => expect(onOpen).toHaveBeenCalledWith('c2'));
    const keys = (sends() as { clientKey: string }[]).map(({ clientKey }) => clientKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('goes one step back on Escape, with what was typed', async () => {
    start();
    await press();
    await userEvent.type(await who(), 'bo{Enter}');
    await screen.findByRole('button', { name: /^hello/ });
    await userEvent.keyboard('{Escape}');
    expect(await who()).toHaveValue('bo');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('asks from which number where several can send, and is not offered where none can', async () => {
    const { unmount } = start([
      aNumber('n1', 'Sales'),
      aNumber('n2', 'Support'),
      aNumber('n3', 'Off', false),
    ]);
    await press();
    await userEvent.click(await screen.findByRole('combobox', { name: 'Write from' }));
    expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual([
      'Sales · +34911000000',
      'Support · +34911000000',
    ]);
    await userEvent.click(screen.getByRole('option', { name: /Support/ }));
    await waitFor(() =>
      expect(mockServer.asked('POST', '/start/people').at(-1)?.body).toEqual({ integrationId: 'n2', q: '' }),
    );
    unmount();
    start([aNumber('n3', 'Off', false)]);
    expect(screen.queryByRole('button', { name: 'New conversation' })).not.toBeInTheDocument();
  });

  it('opens with the key N while nothing is typed, unless that is switched off', async () => {
    start();
    await userEvent.click(screen.getByRole('textbox', { name: 'elsewhere' }));
    await userEvent.keyboard('n');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.click(document.body);
    await userEvent.keyboard('n');
    expect(await who()).toHaveValue('');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Open with the key N' }));
    await userEvent.keyboard('{Escape}');
    await userEvent.click(document.body);
    await userEvent.keyboard('n');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
