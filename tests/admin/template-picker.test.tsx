import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { bindableResource } from '../../admin/src/templates/form/fields-resource';
import { clearKeptForms } from '../../admin/src/templates/picker/kept-forms';
import { clearPickers } from '../../admin/src/templates/picker/picker-store';
import { TemplatePickerDialog } from '../../admin/src/templates/picker/TemplatePickerDialog';
import type { ResolvedValues, TemplatePicker } from '../../server/src/template-use/contract';
import { bindingKey } from '../../server/src/templates/parameters';
import { aPickerTemplate } from './helpers/picker';
import { renderAdmin } from './helpers/render';
import { fakeServer } from './helpers/server';
import { MANY_BUTTONS } from './helpers/templates';

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

const ready = aPickerTemplate({ id: '10' });
const inTurkish = aPickerTemplate({ id: '11', language: 'tr' });
const paused = aPickerTemplate({
  id: '12',
  name: 'winter_sale',
  sendable: false,
  status: 'PAUSED',
  reason: { key: 'status', facts: { status: 'PAUSED' } },
});
const plain = aPickerTemplate({ ...MANY_BUTTONS, id: '13', name: 'plain' });

const picker = (data = [ready, inTurkish, paused, plain]): TemplatePicker => ({
  data,
  meta: { language: { code: 'tr', because: 'contact' } },
});

const resolved = (
  values: ResolvedValues['values'],
  sources: Record<string, ResolvedValues['parameters'][0]['source']>,
) => ({
  data: {
    values,
    needsEntry: null,
    parameters: ready.parameters.map((parameter) => {
      const key = bindingKey(parameter);
      return {
        parameter,
        key,
        value: sources[key] ? 'x' : null,
        source: sources[key] ?? null,
        problem: null,
      };
    }),
  },
});
const FULL = resolved(
  { header: { 1: '4711' }, body: { first_name: 'Ana' }, buttons: [null, { text: '9' }] },
  {
    'header:1': { from: 'contact', path: 'orderNo' },
    'body:first_name': { from: 'contact', path: 'name' },
    'buttons:1': { from: 'contact', path: 'orderNo' },
  },
);
const FIELDS = [
  {
    uid: 'contact',
    label: 'Contact',
    fields: [
      { path: 'name', label: 'Name', type: 'text' },
      { path: 'photo', label: 'Photo', type: 'media' },
    ],
  },
];

const onSend = jest.fn();
const onClose = jest.fn();
const open = (props: { canManage?: boolean } = {}) =>
  renderAdmin(
    <TemplatePickerDialog
      target={{ conversationId: 'c1', integrationId: 'n1' }}
      contactName="Ana Ruiz"
      canManage={props.canManage ?? false}
      onSend={onSend}
      onClose={onClose}
      focusAfter={() => false}
    />,
  );
const row = (name: RegExp) => screen.findByRole('button', { name });

beforeEach(() => {
  mockServer.reset();
  clearPickers();
  clearKeptForms();
  bindableResource.clear();
  jest.clearAllMocks();
  mockServer.answer({
    'GET /template-picker': picker(),
    'GET /template-fields': { data: FIELDS },
    'POST /templates/11/values': FULL,
    'POST /templates/10/values': FULL,
  });
});

describe('template picker', () => {
  it('sends with two presses when everything is known', async () => {
    open();
    await userEvent.click(await row(/^order_ready/));
    await screen.findByDisplayValue('Ana');
    await userEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(onSend).toHaveBeenCalledTimes(1);
    expect(onSend.mock.calls[0][0]).toMatchObject({
      type: 'template',
      name: 'order_ready',
      language: 'tr',
      parameters: { header: { 1: '4711' }, body: { first_name: 'Ana' }, buttons: [null, { text: '9' }] },
      rendered: { body: 'Hi *Ana*, it is ready.' },
    });
  });

  it('a press that comes before the values sends once they are there', async () => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    mockServer.answer({ 'POST /templates/11/values': () => arrived.then(() => FULL) });
    open();
    await userEvent.click(await row(/^order_ready/));
    await userEvent.click(await screen.findByRole('button', { name: 'Send' }));
    expect(onSend).not.toHaveBeenCalled();
    arrive();
    await waitFor(() => expect(onSend).toHaveBeenCalledTimes(1));
    expect(onSend.mock.calls[0][0]).toMatchObject({ rendered: { body: 'Hi *Ana*, it is ready.' } });
  });

  it('sends once, however often it is pressed', async () => {
    open();
    await userEvent.click(await row(/^order_ready/));
    await screen.findByDisplayValue('Ana');
    await userEvent.dblClick(screen.getByRole('button', { name: 'Send' }));
    expect(onSend).toHaveBeenCalledTimes(1);
  });

  it('takes the language of the contact, says so, and lets it be changed', async () => {
    open();
    expect(await row(/Turkish, the contact’s language · 1 more language/)).toBeInTheDocument();
    await userEvent.click(await row(/^order_ready/));
    await userEvent.click(screen.getByRole('combobox', { name: 'Language' }));
    await userEvent.click(await screen.findByRole('option', { name: /American English|English/ }));
    expect(await screen.findByText(/as you chose/)).toBeInTheDocument();
    expect(mockServer.asked('POST', '/templates/10/values')).toHaveLength(1);
  });

  it('shows what cannot be sent with the reason, and does not take it', async () => {
    open();
    const it_ = await row(/^winter_sale/);
    expect(it_).toHaveTextContent('Meta paused it for its low quality.');
    expect(it_).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(it_);
    expect(screen.getByRole('textbox', { name: 'Search templates' })).toBeInTheDocument();
  });

  it('is worked by keys alone', async () => {
    open();
    const search = await screen.findByRole('textbox', { name: 'Search templates' });
    await row(/^order_ready/);
    expect(search).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    expect(await row(/^order_ready/)).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('button', { name: 'Favourite: order_ready' })).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}{ArrowUp}plain{Enter}');
    expect(await screen.findByText(/takes no values/)).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByRole('textbox', { name: 'Search templates' })).toBeInTheDocument();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('marks a favourite at once, and takes it back when the server refuses', async () => {
    open();
    await row(/^plain/);
    mockServer.answer({ 'PUT /templates/13/favourite': {} });
    await userEvent.click(screen.getByRole('button', { name: 'Favourite: plain' }));
    expect(screen.getByRole('region', { name: 'Favourites' })).toHaveTextContent('plain');
    mockServer.answer({ 'DELETE /templates/13/favourite': new Error('no') });
    await userEvent.click(screen.getByRole('button', { name: 'Favourite: plain' }));
    await waitFor(() => expect(mockNotify).toHaveBeenCalled());
    expect(screen.getByRole('button', { name: 'Favourite: plain' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('opens with what is known while the answer is on its way', async () => {
    const first = open();
    await row(/^plain/);
    first.unmount();
    mockServer.answer({ 'GET /template-picker': () => new Promise(() => undefined) });
    open();
    expect(screen.getByRole('button', { name: /^plain/ })).toBeInTheDocument();
  });
});

describe('the fields of a template', () => {
  beforeEach(() => mockServer.answer({ 'POST /templates/11/values': resolved({}, {}) }));
  const fill = async () => {
    const view = open({ canManage: true });
    await userEvent.click(await row(/^order_ready/));
    return view;
  };
  const name = () => screen.findByRole('textbox', { name: 'first_name' });

  it('draw each keystroke without asking the server', async () => {
    await fill();
    const field = await name();
    await waitFor(() => expect(mockServer.asked('POST', '/templates/11/values')).toHaveLength(1));
    const before = mockServer.calls.length;
    await userEvent.type(field, 'Bo');
    expect(
      within(screen.getByRole('complementary', { name: 'Preview' })).getByText('Bo'),
    ).toBeInTheDocument();
    expect(mockServer.calls).toHaveLength(before);
  });

  it('tell what is missing, put the caret there, and send nothing', async () => {
    await fill();
    await userEvent.type(await name(), 'Ana');
    await userEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole('textbox', { name: 'Variable 1' })).toHaveFocus();
    expect(screen.getAllByText('Fill this in.').length).toBeGreaterThan(0);
  });

  it('show where a button will lead', async () => {
    await fill();
    await userEvent.type(await screen.findByRole('textbox', { name: 'End of the address of “Track”' }), '42');
    expect(screen.getByText('https://example.com/t/42')).toBeInTheDocument();
  });

  it('are not overwritten by an answer that comes late', async () => {
    let answer: (value: unknown) => void = () => undefined;
    mockServer.answer({ 'POST /templates/11/values': () => new Promise((resolve) => (answer = resolve)) });
    await fill();
    await userEvent.type(await name(), 'typed');
    answer(FULL);
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Variable 1' })).toHaveValue('4711'));
    expect(await name()).toHaveValue('typed');
  });

  it('can be typed into when they could not be filled in', async () => {
    mockServer.answer({ 'POST /templates/11/values': new Error('down') });
    await fill();
    await userEvent.type(await name(), 'Ana');
    expect(await name()).toHaveValue('Ana');
  });

  it('take a field of the contact, say so, and remember it when asked to', async () => {
    await fill();
    await name();
    await waitFor(() => expect(mockServer.asked('POST', '/templates/11/values')).toHaveLength(1));
    mockServer.answer({
      'POST /templates/11/values': resolved(
        { body: { first_name: 'Ana Ruiz' } },
        { 'body:first_name': { from: 'contact', path: 'name' } },
      ),
      'GET /templates/11/bindings': {
        data: { bindings: [{ parameter: 'header:1', source: { from: 'text', text: 'No.' } }] },
      },
      'PUT /templates/11/bindings': { data: {} },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Use field… for first_name' }));
    expect(screen.queryByRole('button', { name: 'Photo' })).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'Name' }));
    await waitFor(async () => expect(await name()).toHaveValue('Ana Ruiz'));
    expect(screen.getByText('Contact: Name')).toBeInTheDocument();
    expect(mockServer.asked('POST', '/templates/11/values')[1]?.body).toMatchObject({
      bindings: [{ parameter: 'body:first_name', source: { from: 'contact', path: 'name' } }],
    });
    await userEvent.type(screen.getByRole('textbox', { name: 'Variable 1' }), '1');
    await userEvent.type(screen.getByRole('textbox', { name: 'End of the address of “Track”' }), '2');
    await userEvent.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(mockServer.asked('PUT', '/templates/11/bindings')).toHaveLength(1));
    expect(mockServer.asked('PUT', '/templates/11/bindings')[0]?.body).toEqual({
      bindings: [
        { parameter: 'header:1', source: { from: 'text', text: 'No.' } },
        { parameter: 'body:first_name', source: { from: 'contact', path: 'name' } },
      ],
    });
  });

  it('are there again when the picker is opened anew', async () => {
    const { unmount } = await fill();
    await userEvent.type(await name(), 'half');
    unmount();
    await fill();
    expect(await name()).toHaveValue('half');
  });
});
