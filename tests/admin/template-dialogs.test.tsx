import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AccessDialog } from '../../admin/src/templates/dialogs/AccessDialog';
import { BindingsDialog } from '../../admin/src/templates/dialogs/BindingsDialog';
import { formatName, formatsFor, toFormat } from '../../admin/src/templates/dialogs/formats';
import { TestSendDialog } from '../../admin/src/templates/dialogs/TestSendDialog';
import { bindableResource } from '../../admin/src/templates/form/fields-resource';
import { bindingKey } from '../../server/src/templates/parameters';
import { aPickerTemplate } from './helpers/picker';
import { renderAdmin } from './helpers/render';
import { fakeServer } from './helpers/server';

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

const template = aPickerTemplate({ id: '10' });
const resolved = (values: object, needsEntry: string | null = null) => ({
  data: {
    values,
    needsEntry,
    parameters: template.parameters.map((parameter) => ({
      parameter,
      key: bindingKey(parameter),
      value: null,
      source: null,
      problem: null,
    })),
  },
});
const onClose = jest.fn();

beforeEach(() => {
  mockServer.reset();
  bindableResource.clear();
  jest.clearAllMocks();
  mockServer.answer({
    'GET /template-fields': {
      data: [
        { uid: 'contact', label: 'Contact', fields: [{ path: 'name', label: 'Name', type: 'text' }] },
        {
          uid: 'api::order.order',
          label: 'Order',
          fields: [{ path: 'total', label: 'Total', type: 'number' }],
        },
      ],
    },
    'GET /conversations': { data: [], meta: { nextCursor: null } },
    'GET /template-entries': { data: [] },
    'POST /templates/10/values': resolved({}),
  });
});

describe('bindings', () => {
  const open = async () => {
    mockServer.answer({
      'GET /templates/10/bindings': {
        data: { bindings: [{ parameter: 'body:first_name', source: { from: 'contact', path: 'name' } }] },
      },
      'PUT /templates/10/bindings': { data: {} },
    });
    renderAdmin(<BindingsDialog template={template} onClose={onClose} />);
    await screen.findByText('Contact: Name');
  };
  const saved = () => mockServer.asked('PUT', '/templates/10/bindings')[0]?.body;

  it('show what is kept, and keep what was changed', async () => {
    await open();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'first_name, if the field is empty' }),
      'friend',
    );
    await userEvent.type(screen.getByRole('textbox', { name: 'Variable 1' }), '7');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(saved()).toEqual({
      bindings: [
        { parameter: 'body:first_name', source: { from: 'contact', path: 'name' }, fallback: 'friend' },
        { parameter: 'header:1', source: { from: 'text', text: '7' } },
      ],
    });
  });

  it('are tried out before they are saved', async () => {
    await open();
    mockServer.answer({ 'POST /templates/10/values': resolved({ header: { 1: 'tried' } }) });
    await userEvent.type(screen.getByRole('textbox', { name: 'Variable 1' }), '7');
    expect(await screen.findByText('Order tried')).toBeInTheDocument();
    expect(mockServer.asked('POST', '/templates/10/values').at(-1)?.body).toMatchObject({
      bindings: [{ parameter: 'body:first_name' }, { parameter: 'header:1' }],
    });
  });

  it('take a number of an entry as money, and refuse half a currency', async () => {
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Use field… for Variable 1' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Total' }));
    await userEvent.click(screen.getByRole('combobox', { name: 'How Variable 1 is written' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Amount of money' }));
    const currency = screen.getByRole('textbox', { name: 'Currency' });
    await userEvent.clear(currency);
    await userEvent.type(currency, 'tr');
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.type(currency, 'y');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(saved()).toMatchObject({
        bindings: [
          {},
          {
            source: { from: 'entry', contentType: 'api::order.order', path: 'total' },
            format: { as: 'currency', currency: 'TRY' },
          },
        ],
      }),
    );
  });

  it('stay open with what was changed when they cannot be saved', async () => {
    await open();
    mockServer.answer({ 'PUT /templates/10/bindings': new Error('no') });
    await userEvent.type(screen.getByRole('textbox', { name: 'Variable 1' }), '7');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(mockNotify).toHaveBeenCalledWith(expect.objectContaining({ type: 'danger' })));
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.getByRole('textbox', { name: 'Variable 1' })).toHaveValue('7');
  });

  it.each([
    [undefined, 'text'],
    [{ as: 'currency', currency: 'USD' } as const, 'currency'],
    [{ as: 'date', style: 'long' } as const, 'long'],
    [{ as: 'date', style: 'medium', time: true } as const, 'mediumTime'],
  ])('name the format %j', (format, name) => expect(formatName(format)).toBe(name));

  it('keep the currency when the same format is chosen again', () => {
    const usd = { as: 'currency', currency: 'USD' } as const;
    expect(toFormat('currency', usd)).toBe(usd);
    expect(formatsFor('text')).toEqual([]);
  });
});

describe('access', () => {
  it('is saved as roles and numbers, and nothing chosen means everybody', async () => {
    mockServer.answer({
      'GET /templates/10/access': {
        data: { roles: ['2'], integrations: [] },
        meta: {
          roles: [
            { id: '1', name: 'Editor' },
            { id: '2', name: 'Author' },
          ],
          integrations: [{ id: 'n1', name: 'Sales' }],
        },
      },
      'PUT /templates/10/access': { data: {} },
    });
    renderAdmin(<AccessDialog template={template} onClose={onClose} />);
    expect(await screen.findByRole('checkbox', { name: 'Author' })).toBeChecked();
    expect(screen.getByText('None chosen: every number of the account.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Author' }));
    expect(screen.getByText('None chosen: everybody who may send templates.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Sales' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(mockServer.asked('PUT', '/templates/10/access')[0]?.body).toEqual({
      roles: [],
      integrations: ['n1'],
    });
  });
});

describe('test send', () => {
  const open = () =>
    renderAdmin(
      <TestSendDialog template={template} numbers={[{ id: 'n1', name: 'Sales' }]} onClose={onClose} />,
    );
  const ana = { id: 'p1', name: 'Ana', phone: '+34' };
  const leo = { id: 'p2', name: 'Leo', phone: '+44' };

  it('goes to whom is chosen and tells how it went for each', async () => {
    mockServer.answer({
      'GET /test-contacts': { data: [ana, leo] },
      'POST /templates/10/values': resolved({
        header: { 1: '1' },
        body: { first_name: 'Ana' },
        buttons: [null, { text: '9' }],
      }),
      'POST /templates/10/test': {
        data: {
          sent: [{ contactId: 'p1', messageId: 'm1' }],
          failed: [{ contactId: 'p2', code: 'recipient_opted_out', message: '' }],
        },
      },
    });
    open();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Ana' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Leo' }));
    await screen.findByDisplayValue('9');
    await userEvent.click(screen.getByRole('button', { name: 'Send test' }));
    expect(await screen.findByText('On its way to Ana.')).toBeInTheDocument();
    expect(screen.getByText(/Not sent to Leo\./)).toBeInTheDocument();
    expect(mockServer.asked('POST', '/templates/10/test')[0]?.body).toEqual({
      integrationId: 'n1',
      contactIds: ['p1', 'p2'],
      parameters: { header: { 1: '1' }, body: { first_name: 'Ana' }, buttons: [null, { text: '9' }] },
    });
  });

  it('goes nowhere without anybody, and says so', async () => {
    mockServer.answer({ 'GET /test-contacts': { data: [ana] } });
    open();
    await screen.findByRole('checkbox', { name: 'Ana' });
    await userEvent.click(screen.getByRole('button', { name: 'Send test' }));
    expect(screen.getByText('Choose at least one person.')).toBeInTheDocument();
    expect(mockServer.asked('POST', '/templates/10/test')).toHaveLength(0);
  });

  it('says what to do while there are no test contacts', async () => {
    mockServer.answer({ 'GET /test-contacts': { data: [] } });
    open();
    expect(await screen.findByText(/Nobody is marked as a test contact yet/)).toBeInTheDocument();
  });
});
