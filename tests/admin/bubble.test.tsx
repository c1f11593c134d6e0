import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MessageView } from '../../admin/src/messages/bubble/MessageView';
import { MESSAGE_TYPES } from '../../server/src/cloud-api/events';
import type { Message, MessageMedia } from '../../server/src/messages/contract';
import { renderAdmin } from './helpers/render';
import { aMessage, at } from './helpers/things';

jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: jest.fn() }));

const actions = {
  onJump: jest.fn(),
  onReply: jest.fn(),
  onRetry: jest.fn(),
  onEdit: jest.fn(),
  onReact: jest.fn(),
  onOpen: jest.fn(),
  onRetryMedia: jest.fn(),
  onSendAgain: jest.fn(),
  onCancel: jest.fn(),
  onReschedule: jest.fn(),
};
const show = (message: Message, canSend = true) =>
  renderAdmin(
    <MessageView
      message={message}
      contactName="Ana"
      actions={actions}
      first
      last
      flash={false}
      canSend={canSend}
      userId="7"
    />,
  );
const media = (change: Partial<MessageMedia> = {}): MessageMedia => ({
  id: 'm1',
  url: '/whatsapp/media/1?signature=x',
  mimeType: 'image/jpeg',
  fileName: null,
  size: 120_000,
  state: 'stored',
  width: 660,
  height: 440,
  ...change,
});

describe('bubble', () => {
  it.each(MESSAGE_TYPES)('shows a message of type %s', (type) => {
    const { container } = show(aMessage({ type, text: `text of ${type}`, media: null }));
    expect(container.textContent).not.toBe('');
  });

  it('tells who, when, what and how far', () => {
    show(
      aMessage({
        direction: 'outbound',
        status: 'read',
        author: { id: '8', name: 'Leo' },
        timestamp: at(300),
      }),
    );
    expect(screen.getByRole('article')).toHaveAccessibleName(/^Leo, .*Text, Read$/);
    expect(screen.getByText('Leo')).toBeInTheDocument();
  });

  it('does not name me to myself', () => {
    show(aMessage({ direction: 'outbound', author: { id: '7', name: 'Me Myself' } }));
    expect(screen.queryByText('Me Myself')).not.toBeInTheDocument();
  });

  it('renders markup as elements and never as HTML', () => {
    const { container } = show(aMessage({ text: '*b* <img src=x onerror=alert(1)>' }));
    expect(container.querySelector('strong')).toHaveTextContent('b');
    expect(container.querySelector('img')).toBeNull();
  });

  it('opens links apart from us', () => {
    show(aMessage({ text: 'https://example.com' }));
    expect(screen.getByRole('link')).toHaveAttribute('rel', 'noopener noreferrer');
    expect(screen.getByRole('link')).toHaveAttribute('target', '_blank');
  });

  it('shows the times behind the ticks', async () => {
    const statuses = [
      { status: 'sent' as const, at: at(1) },
      { status: 'delivered' as const, at: at(2) },
    ];
    show(aMessage({ direction: 'outbound', status: 'delivered', statuses }));
    await userEvent.click(screen.getByRole('button', { name: 'Delivered. Show the times' }));
    expect(await screen.findByText('Sent')).toBeInTheDocument();
    expect(screen.getAllByText(/November 22, 2026/)).toHaveLength(2);
  });

  it('reserves the place of a picture before it is there', () => {
    show(aMessage({ type: 'image', text: 'a desk', media: media({ url: null, state: 'pending' }) }));
    expect(screen.getByText('Being fetched…').parentElement?.parentElement).toHaveStyle({
      'aspect-ratio': '330/220',
    });
  });

  it('says why a picture is missing', () => {
    show(aMessage({ type: 'image', text: '', media: media({ url: null, state: 'expired' }) }));
    expect(screen.getByText(/^Expired at WhatsApp/)).toBeInTheDocument();
  });

  it('takes direction tricks out of file names', () => {
    show(aMessage({ type: 'document', text: '', media: media({ fileName: 'cod\u202egpj.exe' }) }));
    expect(screen.getByText('codgpj.exe')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Download codgpj.exe' })).toBeInTheDocument();
  });

  it('explains a failure and offers the way on', async () => {
    const error = { code: '131026', title: 'Undeliverable', message: 'raw', hint: null, retryable: true };
    const message = aMessage({ direction: 'outbound', status: 'failed', error });
    show(message);
    expect(screen.getByText(/could not be delivered to this person/)).toBeInTheDocument();
    expect(screen.queryByText(/131026/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Details' }));
    expect(screen.getByText(/131026/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(actions.onRetry).toHaveBeenCalledWith(message);
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    expect(actions.onEdit).toHaveBeenCalledWith(message);
  });

  it('keeps what was written when the session ends, and says so', () => {
    const error = {
      code: 'http_401',
      title: '',
      message: 'Missing credentials',
      hint: null,
      retryable: true,
    };
    show(aMessage({ direction: 'outbound', status: 'failed', error }));
    expect(screen.getByText('Your session has ended. Sign in again.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('offers no retry when the window is closed, and nothing to those who may not send', () => {
    const error = { code: '131047', title: '', message: '', hint: null, retryable: true };
    const message = aMessage({ direction: 'outbound', status: 'failed', error });
    const { unmount } = show(message);
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
    unmount();
    show(message, false);
    expect(screen.queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();
  });

  it('calls an unknown outcome "checking", never failed', () => {
    show(aMessage({ direction: 'outbound', status: 'unknown' }));
    expect(screen.getByText('checking')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  it('leads to the quoted message, and says when it is gone', async () => {
    const quoted = {
      id: '9',
      wamid: 'w',
      text: 'the *first* one',
      direction: 'outbound' as const,
      type: 'text' as const,
    };
    const { unmount } = show(aMessage({ replyTo: quoted }));
    await userEvent.click(screen.getByRole('button', { name: /the first one/ }));
    expect(actions.onJump).toHaveBeenCalledWith('9');
    unmount();
    show(aMessage({ replyTo: { ...quoted, id: null, text: null } }));
    expect(screen.getByText('Original message not available')).toBeInTheDocument();
  });

  it('shows reactions with who gave them', () => {
    show(aMessage({ reactions: [{ emoji: '👍', from: 'contact' }] }));
    expect(screen.getByRole('img', { name: '👍 from Ana' })).toBeInTheDocument();
  });

  it('hides the text of a deleted message', () => {
    show(aMessage({ revoked: true, text: 'secret' }));
    expect(screen.queryByText('secret')).not.toBeInTheDocument();
    expect(screen.getByText('This message was deleted')).toBeInTheDocument();
  });

  it('names a kind it cannot show', () => {
    const content = { originalType: 'unsupported', unsupportedType: 'poll_creation', errors: [] };
    const { unmount } = show(aMessage({ type: 'unsupported', text: '', content }));
    expect(screen.getByText(/\(poll creation\)/)).toBeInTheDocument();
    unmount();
    show(aMessage({ type: 'unsupported', text: '', content: { originalType: 'unsupported' } }));
    expect(screen.getByText(/cannot be shown here\.$/)).toBeInTheDocument();
  });

  it('lists what was ordered, and what it comes to', () => {
    const order = { items: [{ productRetailerId: 'SKU-1', quantity: 2 }], total: 85.5, currency: 'USD' };
    show(aMessage({ type: 'order', text: 'Please', content: { order } }));
    expect(screen.getByText(/2 ×/)).toHaveTextContent('2 × SKU-1');
    expect(screen.getByText('$85.50')).toBeInTheDocument();
    expect(screen.getByText('Please')).toBeInTheDocument();
  });

  it('gives the address of a place under its name', () => {
    const content = { latitude: 1, longitude: 2, name: 'Coffee', address: '101 Forest Ave' };
    show(aMessage({ type: 'location', text: 'Coffee, 101 Forest Ave', content }));
    expect(screen.getByText('Coffee')).toBeInTheDocument();
    expect(screen.getByText('101 Forest Ave')).toBeInTheDocument();
  });
});
