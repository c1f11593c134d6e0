import { IconButton, Typography } from '@strapi/design-system';
import { Cross, PaperPlane } from '@strapi/icons';
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../server/src/messages/contract';
import { plainStart } from './markup/plain';
import { t } from '../translate';
import { typeInfo } from './type-info';

/** Meta's limit for the body of a text message (Cloud API, text messages). */
export const MAX_TEXT = 4096;
const COUNT_FROM = 3800;

const Frame = styled.div`
  flex: none;
  padding: 12px 16px;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
`;
const Box = styled.div`
  display: flex;
  align-items: flex-end;
  gap: 8px;
  padding: 4px 4px 4px 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  &:focus-within {
    border-color: ${({ theme }) => theme.colors.primary600};
    box-shadow: ${({ theme }) => theme.colors.primary600} 0 0 0 2px;
  }
`;
const Input = styled.textarea`
  flex: 1;
  min-width: 0;
  min-height: 40px;
  padding: 10px 0;
  border: 0;
  outline: none;
  background: none;
  color: ${({ theme }) => theme.colors.neutral800};
  /* Phones zoom into inputs below 16 px. */
  font: inherit;
  font-size: 1.6rem;
  line-height: 2rem;
  resize: none;
  &::placeholder {
    color: ${({ theme }) => theme.colors.neutral600};
    opacity: 1;
  }
  @media (min-width: 768px) {
    min-height: 32px;
    padding: 6px 0;
    font-size: 1.4rem;
  }
`;
const Quoted = styled.div`
  display: flex;
  align-items: center;
  gap: 8px;
  margin-bottom: 8px;
  padding: 4px 4px 4px 12px;
  border-inline-start: 3px solid ${({ theme }) => theme.colors.primary600};
  background: ${({ theme }) => theme.colors.neutral100};
  > span {
    flex: 1;
    min-width: 0;
  }
`;

export interface ComposerHandle {
  focus(): void;
}

interface Props {
  value: string;
  onChange(text: string): void;
  onSend(text: string): void;
  replyTo: Message | null;
  contactName: string;
  onCancelReply(): void;
  /** Stands above the field. */
  tools?: ReactNode;
}

const MAX_SHARE = 0.4;

/** Grows with its text to 40 % of the window's height, then scrolls. */
const useAutoGrow = (value: string) => {
  const input = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = 'auto';
    const max = Math.round(window.innerHeight * MAX_SHARE);
    element.style.height = `${Math.min(element.scrollHeight, max)}px`;
    element.style.overflowY = element.scrollHeight > max ? 'auto' : 'hidden';
  }, [value]);
  return input;
};

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

    const quotedWho = replyTo?.direction === 'outbound' ? formatMessage(t('quote.us')) : contactName;
    return (
      <Frame>
        {replyTo && (
          <Quoted>
            <span>
              <Typography variant="pi" fontWeight="bold" tag="div" ellipsis dir="auto">
                {quotedWho}
              </Typography>
              <Typography variant="pi" textColor="neutral600" tag="div" ellipsis dir="auto">
                {plainStart(replyTo.text) || formatMessage(t(typeInfo(replyTo.type).label))}
              </Typography>
            </span>
            <IconButton
              variant="ghost"
              size="S"
              label={formatMessage(t('composer.cancelReply'))}
              onClick={onCancelReply}
            >
              <Cross />
            </IconButton>
          </Quoted>
        )}
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
