import { screen } from '@testing-library/react';
import { ConversationRow } from '../../admin/src/conversations/ConversationRow';
import type { Conversation } from '../../server/src/conversations/contract';
import { renderAdmin } from './helpers/render';
import { aConversation, at } from './helpers/things';

jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: jest.fn() }));

const NOW = Date.parse(at(60));
const show = (conversation: Conversation, { draft = '', selected = false } = {}) =>
  renderAdmin(
    <ConversationRow
      conversation={conversation}
      to="/c"
      selected={selected}
      draft={draft}
      now={NOW}
      numberName={null}
    />,
  );
const last = (change: Partial<NonNullable<Conversation['lastMessage']>>) =>
  aConversation({ lastMessage: { ...aConversation().lastMessage!, ...change } });

describe('conversation row', () => {
  it('names the person and counts the unread messages in its label', () => {
    show(aConversation({ unreadCount: 3 }));
    expect(screen.getByRole('link', { name: /Ana Ruiz\s?, 3 unread messages/ })).toBeInTheDocument();
    expect(screen.getByText('3')).toBeInTheDocument();
  });

  it('caps the number it shows', () => {
    show(aConversation({ unreadCount: 250 }));
    expect(screen.getByText('99+')).toBeInTheDocument();
  });

  it('shows the tick of our last message', () => {
    show(last({ direction: 'outbound', status: 'delivered', text: 'On *its* way' }));
    expect(screen.getByRole('img', { name: 'Delivered' })).toBeInTheDocument();
    expect(screen.getByText('On its way')).toBeInTheDocument();
  });

  it('names the kind of a message without text', () => {
    show(last({ type: 'voice', text: '' }));
    expect(screen.getByText('Voice message')).toBeInTheDocument();
  });

  it('shows a draft before the preview, except where it is being typed', () => {
    const { unmount } = show(aConversation(), { draft: 'half a' });
    expect(screen.getByText('Draft:')).toBeInTheDocument();
    unmount();
    show(aConversation(), { draft: 'half a', selected: true });
    expect(screen.queryByText('Draft:')).not.toBeInTheDocument();
  });

  it('marks a closed window by a sign with words', () => {
    show(aConversation({ windowExpiresAt: at(0) }));
    expect(screen.getByRole('img', { name: 'Window closed' })).toBeInTheDocument();
  });

  it('tells nameless people apart by the end of their id', () => {
    const contact = { ...aConversation().contact, name: null, profileName: null, phone: null, waId: null };
    show(aConversation({ contact: { ...contact, userId: 'US.XRe1pkabc123' } }));
    expect(screen.getByText('WhatsApp user …abc123')).toBeInTheDocument();
  });

  it('isolates names and previews in their own direction', () => {
    show(last({ text: 'שלום' }));
    expect(screen.getByText('שלום')).toHaveAttribute('dir', 'auto');
  });
});
