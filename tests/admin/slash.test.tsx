import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { Composer } from '../../admin/src/messages/Composer';
import { opensSlash, slashQuery } from '../../admin/src/messages/composer/slash/slash';
import { SlashMenu } from '../../admin/src/messages/composer/slash/SlashMenu';
import { menuOf, useSlash } from '../../admin/src/messages/composer/slash/use-slash';
import { clearPickers } from '../../admin/src/templates/picker/picker-store';
import { aPickerTemplate } from './helpers/picker';
import { renderAdmin } from './helpers/render';
import { fakeServer } from './helpers/server';

jest.setTimeout(30_000);

const mockServer = fakeServer();
jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: () => mockServer.client }));

const named = (id: string, name: string, over = {}) =>
  aPickerTemplate({ id, name, components: [{ type: 'BODY', text: `About ${name}` }], ...over });

const onSend = jest.fn();
const onPick = jest.fn();
const TARGET = { conversationId: 'c1', integrationId: 'n1' };

const Harness = ({ start = '' }: { start?: string }) => {
  const [text, setText] = useState(start);
  const slash = useSlash({ text, target: TARGET, enabled: true, onPick });
  return (
    <Composer
      value={text}
      onChange={(after) => {
        slash.typed(after);
        setText(after);
      }}
      onSend={onSend}
      replyTo={null}
      contactName="Ana"
      onCancelReply={() => undefined}
      menu={menuOf(slash)}
      tools={<SlashMenu slash={slash} />}
    />
  );
};
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Ana' });
const active = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');

beforeEach(() => {
  mockServer.reset();
  clearPickers();
  jest.clearAllMocks();
  mockServer.answer({
    'GET /template-picker': {
      data: [
        named('1', 'order_ready'),
        named('2', 'order_late'),
        named('3', 'winter_sale', { sendable: false }),
      ],
      meta: { language: null },
    },
  });
});

describe('a slash in an empty field', () => {
  it('shows the templates that can go out; arrows walk, Enter takes, the text stays', async () => {
    renderAdmin(<Harness />);
    await userEvent.type(field(), '/');
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^order_late/),
      expect.stringMatching(/^order_ready/),
      'All templates…',
    ]);
    expect(field()).toHaveFocus();
    expect(active()).toBe(options[0]);
    await userEvent.keyboard('{ArrowDown}');
    expect(active()).toBe(options[1]);
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(active()).toBe(options[2]);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(onPick).toHaveBeenCalledWith('order_ready');
    expect(onSend).not.toHaveBeenCalled();
    expect(field()).toHaveValue('/');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
  });

  it('filters by what follows, and is text like any other once nothing fits', async () => {
    renderAdmin(<Harness />);
    await userEvent.type(field(), '/');
    await screen.findByRole('listbox');
    await userEvent.type(field(), 'late');
    expect(screen.getAllByRole('option')).toHaveLength(2);
    await userEvent.type(field(), 'r today');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    expect(onSend).toHaveBeenCalledWith('/later today');
    expect(onPick).not.toHaveBeenCalled();
  });

  it('names come before what only stands in a text', async () => {
    mockServer.answer({
      'GET /template-picker': {
        data: [
          named('1', 'a_greeting', { components: [{ type: 'BODY', text: 'For you' }] }),
          named('2', 'order'),
        ],
        meta: { language: null },
      },
    });
    renderAdmin(<Harness />);
    await userEvent.type(field(), '/');
    await screen.findByRole('listbox');
    await userEvent.type(field(), 'or');
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^order/),
      expect.stringMatching(/^a_greeting/),
      'All templates…',
    ]);
  });

  it('Escape closes it and keeps the slash; Enter then sends', async () => {
    renderAdmin(<Harness />);
    await userEvent.type(field(), '/');
    await screen.findByRole('listbox');
    await userEvent.keyboard('{Escape}order{Enter}');
    expect(onSend).toHaveBeenCalledWith('/order');
  });

  it('leads to all templates, and a click takes one', async () => {
    renderAdmin(<Harness />);
    await userEvent.type(field(), '/');
    await userEvent.click(await screen.findByRole('option', { name: 'All templates…' }));
    expect(onPick).toHaveBeenCalledWith(null);
  });

  it('stays away from a draft that begins with one, and from a slash within text', async () => {
    const { unmount } = renderAdmin(<Harness start="/order" />);
    await userEvent.type(field(), ' x');
    expect(mockServer.asked('GET', '/template-picker')).toEqual([]);
    unmount();
    renderAdmin(<Harness start="1" />);
    await userEvent.type(field(), '/');
    expect(mockServer.asked('GET', '/template-picker')).toEqual([]);
  });

  it('lets Shift+Enter break the line', async () => {
    renderAdmin(<Harness />);
    await userEvent.type(field(), '/');
    await screen.findByRole('listbox');
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    expect(onPick).not.toHaveBeenCalled();
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
  });
});

describe('what counts as a search', () => {
  it.each([
    ['/', ''],
    ['/order ready', 'order ready'],
    ['//', null],
    ['a/b', null],
    ['/a\nb', null],
    [`/${'x'.repeat(80)}`, null],
  ])('%j: %j', (text, q) => expect(slashQuery(text)).toBe(q));

  it('begins with the slash itself', () => {
    expect(opensSlash('', '/')).toBe(true);
    expect(opensSlash('', '/pasted')).toBe(false);
    expect(opensSlash('a', '/')).toBe(false);
  });
});
