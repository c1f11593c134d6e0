import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NumberForm } from '../../admin/src/integrations/NumberEditPage';
import {
  EMPTY_NUMBER,
  inputOf,
  isPublicHttps,
  toE164,
  validateNumber,
  valuesOf,
} from '../../admin/src/integrations/numbers-form';
import { ApiError } from '../../admin/src/api/client';
import { DeleteDialog } from '../../admin/src/integrations/DeleteDialog';
import { fieldErrorsOf } from '../../admin/src/integrations/server-errors';
import { someAbilities } from './helpers/abilities';
import { renderAdmin } from './helpers/render';
import { anIntegration } from './helpers/things';

const mockPost = jest.fn();
const mockPut = jest.fn();
const mockNotify = jest.fn();
jest.mock('@strapi/strapi/admin', () => ({
  getFetchClient: () => ({ post: mockPost, put: mockPut, get: jest.fn() }),
  useNotification: () => ({ toggleNotification: mockNotify }),
  useRBAC: () => ({ isLoading: false, allowedActions: {} }),
  BackButton: () => null,
  Page: {},
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

const FULL = {
  ...EMPTY_NUMBER,
  name: 'Sales',
  phoneNumber: '+14155550100',
  phoneNumberId: '100200300',
  businessAccountId: '900800700',
  accessToken: 'EAAB',
  appSecret: 'abc',
};

describe('phone number as typed', () => {
  it.each([
    ['+90 (532) 555-01 23', '+905325550123'],
    ['0090 532 555 01 23', '+905325550123'],
    [' +14155550100 ', '+14155550100'],
    ['\u202a+14155550100\u202c', '+14155550100'],
    ['0532 555 01 23', '0532 555 01 23'],
    ['abc', 'abc'],
  ])('%s → %s', (typed, normal) => {
    expect(toE164(typed)).toBe(normal);
  });
});

describe('rules of the form', () => {
  it('pass a full new number', () => {
    expect(validateNumber(FULL, null)).toEqual({});
  });

  it('name each missing field once', () => {
    expect(validateNumber(EMPTY_NUMBER, null)).toEqual({
      name: 'form.required',
      phoneNumber: 'form.required',
      phoneNumberId: 'form.required',
      businessAccountId: 'form.required',
      accessToken: 'form.required',
      appSecret: 'form.required',
    });
  });

  it.each([
    [{ phoneNumber: '0532 555 01 23' }, { phoneNumber: 'form.phone' }],
    [{ phoneNumberId: '+1415' }, { phoneNumberId: 'form.digits' }],
    [{ endpointUrl: 'graph.facebook.com' }, { endpointUrl: 'form.url' }],
    [{ apiVersion: '25' }, { apiVersion: 'form.version' }],
  ])('refuse %o', (change, errors) => {
    expect(validateNumber({ ...FULL, ...change }, null)).toEqual(errors);
  });

  it('do not ask again for stored secrets, and send none that were left empty', () => {
    const values = valuesOf(anIntegration());
    expect(validateNumber(values, anIntegration())).toEqual({});
    expect(inputOf(values)).not.toHaveProperty('accessToken');
    expect(inputOf(values)).not.toHaveProperty('appSecret');
  });

  it('send the phone number as E.164', () => {
    expect(inputOf({ ...FULL, phoneNumber: '+1 (415) 555-0100' }).phoneNumber).toBe('+14155550100');
  });
});

describe('address that Meta can reach', () => {
  it.each([
    ['https://cms.example.com/api/x', true],
    ['http://cms.example.com/api/x', false],
    ['https://localhost:1337/x', false],
    ['https://127.0.0.1/x', false],
    ['https://192.168.1.4/x', false],
    ['https://172.20.0.3/x', false],
    ['https://172.32.0.3/x', true],
    ['https://strapi/x', false],
    ['https://cms.local/x', false],
    ['https://[::1]/x', false],
    ['nonsense', false],
  ])('%s: %s', (address, reachable) => {
    expect(isPublicHttps(address)).toBe(reachable);
  });
});

describe('form of a number', () => {
  const show = (integration = null as ReturnType<typeof anIntegration> | null, onSaved = jest.fn()) => {
    renderAdmin(
      <NumberForm
        integration={integration}
        abilities={someAbilities()}
        verifyToken={null}
        onSaved={onSaved}
      />,
    );
    return onSaved;
  };
  const save = () => userEvent.click(screen.getByRole('button', { name: /^Save/ }));
  beforeEach(() => [mockPost, mockPut, mockNotify].forEach((mock) => mock.mockReset()));

  it('says what is missing and sends nothing', async () => {
    show();
    await save();
    expect(screen.getAllByText('This field is required.')).toHaveLength(6);
    expect(mockPost).not.toHaveBeenCalled();
  });

  it('tells what is wrong with a field once one leaves it, and no sooner', async () => {
    show();
    const field = screen.getByRole('textbox', { name: /Phone number ID/ });
    await userEvent.type(field, '+1415');
    expect(screen.queryByText("Digits only, as shown in Meta's pages.")).not.toBeInTheDocument();
    await userEvent.tab();
    expect(screen.getByText("Digits only, as shown in Meta's pages.")).toBeInTheDocument();
    expect(screen.queryByText('This field is required.')).not.toBeInTheDocument();
    await userEvent.clear(field);
    await userEvent.type(field, '100200300');
    expect(field).not.toHaveAttribute('aria-invalid', 'true');
  });

  it('locks what the environment fixes and does not send it', async () => {
    mockPut.mockResolvedValue({ data: { data: anIntegration() } });
    show(anIntegration({ envLocked: ['phoneNumberId'] }));
    expect(screen.getByRole('textbox', { name: /Phone number ID/ })).toBeDisabled();
    await save();
    await waitFor(() => expect(mockPut).toHaveBeenCalled());
    expect(mockPut.mock.calls[0][1]).not.toHaveProperty('phoneNumberId');
    expect(mockPut.mock.calls[0][1]).toHaveProperty('businessAccountId');
  });

  it('puts what the server refuses on its fields', async () => {
    const details = {
      code: 'validation_failed',
      errors: [{ path: 'phoneNumberId', message: 'Must be digits' }],
    };
    mockPut.mockRejectedValue(
      Object.assign(new Error('x'), {
        status: 400,
        response: { data: { error: { status: 400, message: 'x', details } } },
      }),
    );
    show(anIntegration());
    await save();
    expect(await screen.findByText("Digits only, as shown in Meta's pages.")).toBeInTheDocument();
    const field = screen.getByRole('textbox', { name: /Phone number ID/ });
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(field).toHaveFocus();
    expect(mockNotify).not.toHaveBeenCalled();
  });

  it.each([
    [
      new ApiError('x', 409, 'phone_number_id_taken', [{ path: 'phoneNumberId', message: 'y' }]),
      { phoneNumberId: 'form.taken' },
    ],
    [
      new ApiError('x', 400, 'invalid_phone_number', [{ path: 'data.phoneNumber', message: 'y' }]),
      { phoneNumber: 'form.phone' },
    ],
    [
      new ApiError('x', 400, 'validation_failed', [{ path: 'accessToken', message: 'Too long' }]),
      { accessToken: 'Too long' },
    ],
    [new ApiError('x', 500, 'encryption_key_missing'), {}],
  ])('reads a refusal of the server (%#)', (error, fields) => {
    expect(fieldErrorsOf(error)).toEqual(fields);
  });

  it('asks for no webhook of a sandbox number', () => {
    show(anIntegration({ sandbox: true }));
    expect(screen.getByText('This is a sandbox number')).toBeInTheDocument();
    expect(screen.queryByText('Callback URL')).not.toBeInTheDocument();
  });

  it('says why Meta refuses a number', () => {
    show(anIntegration({ status: 'error', statusMessage: 'The token has expired.' }));
    expect(screen.getByRole('note')).toHaveTextContent('The token has expired.');
  });

  it('shows no secret, only that one is stored and how the token ends', () => {
    show(anIntegration());
    expect(screen.getByLabelText('Access token')).toHaveValue('');
    expect(screen.getByLabelText('Access token')).toHaveAttribute('placeholder', '•••••••• WXYZ');
    expect(screen.getAllByText(/Stored encrypted and never shown again/)).toHaveLength(3);
  });

  it('warns when Meta cannot reach the webhook', () => {
    show(anIntegration({ webhookUrl: 'http://localhost:1337/api/whatsapp/webhook/k' }));
    expect(screen.getByText(/Meta cannot reach this address/)).toBeInTheDocument();
  });

  it('saves and reveals the verify token on request', async () => {
    mockPut.mockResolvedValue({ data: { data: anIntegration({ name: 'Support' }) } });
    mockPost.mockResolvedValue({ data: { data: { verifyToken: 'tok-123' } } });
    const onSaved = show(anIntegration());
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith(expect.objectContaining({ name: 'Support' })));
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(await screen.findByDisplayValue('tok-123')).toBeInTheDocument();
  });
});

describe('deleting a number', () => {
  it('keeps the history unless told otherwise, each time anew, and gives the focus back', async () => {
    const onConfirm = jest.fn().mockResolvedValue(undefined);
    renderAdmin(<DeleteDialog integration={anIntegration({ name: 'Sales' })} onConfirm={onConfirm} />);
    const bin = screen.getByRole('button', { name: 'Delete Sales' });
    await userEvent.click(bin);
    await userEvent.click(screen.getByRole('radio', { name: /Erase/ }));
    expect(screen.getByRole('button', { name: 'Delete with history' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(bin).toHaveFocus();
    await userEvent.click(bin);
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(onConfirm).toHaveBeenCalledWith('keep');
  });
});
