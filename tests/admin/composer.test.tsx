import { createEvent, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { Composer, MAX_TEXT } from '../../admin/src/messages/Composer';
import type { Message } from '../../server/src/messages/contract';
import { renderAdmin } from './helpers/render';
import { aMessage } from './helpers/things';

const onSend = jest.fn();
const onCancelReply = jest.fn();

const Harness = ({ replyTo = null, start = '' }: { replyTo?: Message | null; start?: string }) => {
  const [text, setText] = useState(start);
  return (
    <Composer
      value={text}
      onChange={setText}
      onSend={(body) => {
        onSend(body);
        setText('');
      }}
      replyTo={replyTo}
      contactName="Ana"
      onCancelReply={onCancelReply}
    />
  );
};

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Ana' });

beforeEach(() => {
  onSend.mockReset();
  onCancelReply.mockReset();
});

describe('composer', () => {
  it('sends on Enter, then is empty and focused', async () => {
    renderAdmin(<Harness />);
    await userEvent.type(field(), 'hello{Enter}');
    expect(onSend).toHaveBeenCalledWith('hello');
    expect(field()).toHaveValue('');
    expect(field()).toHaveFocus();
  });

  it('breaks the line on Shift+Enter', async () => {
    renderAdmin(<Harness />);
    await userEvent.type(field(), 'a{Shift>}{Enter}{/Shift}b');
    expect(onSend).not.toHaveBeenCalled();
    expect(field()).toHaveValue('a\nb');
  });

  it('does not send while an input method composes', () => {
    renderAdmin(<Harness start="こんにちは" />);
    fireEvent.compositionStart(field());
    fireEvent.keyDown(field(), { key: 'Enter' });
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    fireEvent.compositionEnd(field());
    // Safari: the Enter that chose the candidate follows the end of the composition.
    fireEvent(field(), createEvent.keyDown(field(), { key: 'Enter', keyCode: 229 }));
    expect(onSend).not.toHaveBeenCalled();
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).toHaveBeenCalledWith('こんにちは');
  });

  it('sends no blanks and nothing over the limit', async () => {
    const { unmount } = renderAdmin(<Harness start="   " />);
    fireEvent.keyDown(field(), { key: 'Enter' });
    unmount();
    renderAdmin(<Harness start={'x'.repeat(MAX_TEXT + 1)} />);
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByText('4,097 / 4,096')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('shows what is answered; Escape drops it', () => {
    renderAdmin(<Harness replyTo={aMessage({ text: 'Is it *there*?' })} />);
    expect(screen.getByText('Is it there?')).toBeInTheDocument();
    expect(field()).toHaveFocus();
    fireEvent.keyDown(field(), { key: 'Escape' });
    expect(onCancelReply).toHaveBeenCalled();
  });
});
