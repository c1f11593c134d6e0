import { IconButton, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useIntl } from 'react-intl';
import type { Message } from '../../../server/src/messages/contract';
import { t } from '../translate';
import { Box, Frame, Input, QuotedStrip } from './composer-parts';
import { useAutoGrow } from './use-auto-grow';

/** Meta's limit for the body of a text message (Cloud API, text messages). */
export const MAX_TEXT = 4096;
const COUNT_FROM = 3800;

export interface ComposerHandle {
  focus(): void;
}

interface Props {
  value: string;
  onChange(text: string): void;
  onSend(text: string): void;
  replyTo: Pick<Message, 'text' | 'type' | 'direction'> | null;
  contactName: string;
  onCancelReply(): void;
  /** Stands above the field. */
  tools?: ReactNode;
}

/** Where a reply is typed. Enter sends, Shift+Enter breaks the line; while an input method composes, Enter is its own. */
export const Composer = forwardRef<ComposerHandle, Props>(
  ({ value, onChange, onSend, replyTo, contactName, onCancelReply, tools }, ref) => {
    const { formatMessage } = useIntl();
    const input = useAutoGrow(value);
    const [composing, setComposing] = useState(false);
    const tooLong = value.length > MAX_TEXT;
    const sendable = value.trim() !== '' && !tooLong;

    useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }), [input]);
    useEffect(() => {
      if (replyTo) input.current?.focus();
    }, [replyTo, input]);

    const send = () => {
      if (!sendable) return;
      onSend(value.trim());
      input.current?.focus();
    };

    const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
      // 229: Safari ends the composition before the Enter that chose the candidate reaches us.
      if (composing || event.nativeEvent.isComposing || event.keyCode === 229) return;
      if (event.key === 'Escape' && replyTo) onCancelReply();
      if (event.key !== 'Enter' || event.shiftKey) return;
      event.preventDefault();
      send();
    };

    return (
      <Frame>
        {replyTo && <QuotedStrip message={replyTo} contactName={contactName} onCancel={onCancelReply} />}
        {tools}
        <Box>
          <Input
            ref={input}
            rows={1}
            dir="auto"
            value={value}
            aria-label={formatMessage(t('composer.label'), { name: contactName })}
            aria-invalid={tooLong}
            placeholder={formatMessage(t('composer.placeholder'))}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
            onCompositionStart={() => setComposing(true)}
            onCompositionEnd={() => setComposing(false)}
          />
          {value.length > COUNT_FROM && (
            <Typography
              variant="pi"
              textColor={tooLong ? 'danger600' : 'neutral600'}
              style={{ lineHeight: '3.2rem' }}
            >
              {formatMessage(t('composer.count'), { count: value.length, max: MAX_TEXT })}
            </Typography>
          )}
          <IconButton
            variant={sendable ? 'default' : 'tertiary'}
            disabled={!sendable}
            label={formatMessage(t('composer.send'))}
            // Pressing the button must not take the focus, and on phones the keyboard, from the text.
            onMouseDown={(event) => event.preventDefault()}
            onClick={send}
          >
            <PaperPlane />
          </IconButton>
        </Box>
      </Frame>
    );
  },
);
Composer.displayName = 'Composer';
