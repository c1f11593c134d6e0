import { IconButton, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { PhoneMessage, PlayCustomer, SimulatorState } from '../../../server/src/sandbox/contract';
import type { Message } from '../../../server/src/messages/contract';
import { initialsOf } from '../conversations/display-name';
import { Avatar } from '../design/Avatar';
import { PaneMessage } from '../design/PaneMessage';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Composer } from '../messages/Composer';
import { tokensOf } from '../messages/bubble/shell';
import { t } from '../translate';
import { PhoneBubble } from './PhoneBubble';
import { PlayMenu } from './PlayMenu';
import { usePhoneThread, useSimulatorActions } from './use-simulator';

const Device = styled.div`
  display: flex;
  flex-direction: column;
  width: min(420px, 100%);
  height: min(860px, 100%);
  border: 8px solid ${({ theme }) => theme.colors.neutral700};
  border-radius: 36px;
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
  overflow: hidden;
  @media (max-width: 767px) {
    height: 100%;
    border: 0;
    border-radius: 0;
    box-shadow: none;
  }
`;
const Head = styled.header`
  display: flex;
  flex: none;
  align-items: center;
  gap: 12px;
  min-height: 60px;
  padding: 8px 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  > div {
    flex: 1;
    min-width: 0;
  }
`;
const Chat = styled.div`
  display: flex;
  flex: 1;
  flex-direction: column;
  min-height: 0;
  padding-block-start: 12px;
  overflow: hidden auto;
  background: ${({ theme }) => tokensOf(theme).thread};
  /* A short chat stands at the bottom, above the field, as on a phone. */
  > :first-child {
    margin-block-start: auto;
  }
`;
/** The composer quotes in the business's words; on the phone the two sides are the other way round. */
const asQuoted = (message: PhoneMessage): Pick<Message, 'text' | 'type' | 'direction'> => ({
  text: message.text,
  type: message.type as Message['type'],
  direction: message.direction === 'in' ? 'outbound' : 'inbound',
});

interface Props {
  customer: SimulatorState['customers'][number];
  number: SimulatorState['numbers'][number];
  backTo: string | null;
}

/** The chat of one customer with one number, as on the customer's phone. Mount it anew for each pair. */
export const Phone = ({ customer, number, backTo }: Props) => {
  const { formatMessage } = useIntl();
  const navigate = useNavigate();
  const { messages, reload } = usePhoneThread(customer.id, number.phoneNumberId);
  const { play, read } = useSimulatorActions();
  const [text, setText] = useState('');
  const [replyTo, setReplyTo] = useState<PhoneMessage | null>(null);
  const [edited, setEdited] = useState<PhoneMessage | null>(null);
  // The same object while it is the same message: the composer takes the focus whenever a new one comes.
  const quoted = useMemo(() => replyTo && asQuoted(replyTo), [replyTo]);
  const editedQuote = useMemo(() => edited && asQuoted(edited), [edited]);
  const chat = useRef<HTMLDivElement>(null);

  const count = messages?.length ?? 0;
  useLayoutEffect(() => {
    chat.current?.scrollTo({ top: chat.current.scrollHeight });
  }, [count]);

  // Whoever looks at the phone has read what is on it; the business gets its read receipts.
  const unread = messages?.some((message) => message.direction === 'in' && message.state !== 'read') ?? false;
  useEffect(() => {
    if (unread && document.visibilityState === 'visible') void read(customer.id, number.phoneNumberId);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `read` is made anew on each render
  }, [unread, count, customer.id, number.phoneNumberId]);

  const send = async (body: PlayCustomer.Body) => {
    await play(customer.id, number.phoneNumberId, body);
    await reload().catch(() => {
      // The stream's next signal refreshes the phone.
    });
  };

  return (
    <Device>
      <Head>
        {backTo !== null && (
          <IconButton
            variant="ghost"
            label={formatMessage(t('common.back'))}
            onClick={() => navigate(backTo)}
          >
            <ArrowLeft />
          </IconButton>
        )}
        <Avatar
          id={number.integrationId}
          initials={initialsOf({ text: number.name, isPhone: false })}
          size={36}
        />
        <div>
          <Typography tag="h2" fontWeight="bold" ellipsis dir="auto">
            {number.name}
          </Typography>
          <Typography tag="div" variant="pi" textColor="neutral600" ellipsis>
            {formatMessage(t('simulator.phoneOf'), { name: customer.name })}
          </Typography>
        </div>
      </Head>
      <Chat
        ref={chat}
        role="log"
        aria-label={formatMessage(t('simulator.chat'), { name: customer.name })}
        tabIndex={0}
      >
        {messages?.length === 0 && (
          <PaneMessage
            picture={<EmptyDocuments width="10rem" height="6rem" aria-hidden />}
            title={formatMessage(t('simulator.emptyChat.title'))}
            text={formatMessage(t('simulator.emptyChat.text'), { name: customer.name })}
          />
        )}
        {messages?.map((message) => (
          <PhoneBubble
            key={message.wamid}
            message={message}
            quoted={
              message.replyTo ? (messages.find(({ wamid }) => wamid === message.replyTo)?.text ?? '…') : null
            }
            onReply={() => setReplyTo(message)}
            onPlay={(body) => void send(body)}
            onEdit={() => {
              setEdited(message);
              setText(message.text);
            }}
          />
        ))}
      </Chat>
      <Composer
        start={<PlayMenu onPlay={(body) => void send(body)} />}
        value={text}
        onChange={setText}
        contactName={number.name}
        replyTo={edited ? editedQuote : quoted}
        onCancelReply={() => {
          if (edited) setText('');
          setEdited(null);
          setReplyTo(null);
        }}
        onSend={(body) => {
          setText('');
          setReplyTo(null);
          setEdited(null);
          if (edited) void send({ type: 'edit', messageId: edited.wamid, text: body });
          else void send({ type: 'text', text: body, ...(replyTo ? { replyTo: replyTo.wamid } : {}) });
        }}
      />
    </Device>
  );
};
