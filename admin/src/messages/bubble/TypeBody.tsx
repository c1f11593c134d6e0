import { TextButton } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { t } from '../../translate';
import { typeInfo } from '../type-info';
import { listOf, numberOf, recordOf, textOf } from './content';
import { InteractiveBody } from './InteractiveBody';
import { OrderBody } from './OrderBody';
import { TemplateBody } from './TemplateBody';
import { Attachment, Muted } from './shell';

const MapLink = styled.a`
  color: inherit;
  text-decoration: underline;
  text-underline-offset: 2px;
`;

const Location = ({ message }: { message: Message }) => {
  const { formatMessage } = useIntl();
  const place = { ...recordOf(message.content.location), ...message.content };
  const [latitude, longitude] = [numberOf(place, 'latitude'), numberOf(place, 'longitude')];
  const { Icon } = typeInfo('location');
  const address = textOf(place, 'address');
  const name = textOf(place, 'name') || address || formatMessage(t('type.location'));
  return (
    <Attachment>
      {Icon && <Icon width={20} height={20} aria-hidden />}
      <span>
        <bdi style={{ display: 'block' }}>{name}</bdi>
        {address && address !== name && (
          <Muted style={{ display: 'block' }}>
            <bdi>{address}</bdi>
          </Muted>
        )}
        {latitude !== null && longitude !== null && (
          <MapLink
            href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            <Muted>{formatMessage(t('location.open'))}</Muted>
          </MapLink>
        )}
      </span>
    </Attachment>
  );
};

interface Card {
  name: string;
  /** Phones, mail addresses, company: one line each. */
  lines: string[];
}

const cardOf = (contact: Record<string, unknown>): Card => {
  const { name } = contact;
  const phones = listOf(contact.phones).map((phone) => textOf(phone, 'phone', 'waId', 'wa_id'));
  const emails = listOf(contact.emails).map((email) => textOf(email, 'email'));
  const company = textOf(contact, 'company') || textOf(recordOf(contact.org), 'company');
  return {
    name:
      typeof name === 'string'
        ? name
        : textOf(recordOf(name), 'formattedName', 'formatted_name', 'firstName', 'first_name'),
    lines: [...phones, ...emails, company].filter(Boolean),
  };
};

const Contacts = ({ message }: { message: Message }) => {
  const { formatMessage } = useIntl();
  const { Icon } = typeInfo('contacts');
  const cards = listOf(message.content.contacts).map(cardOf);
  const shown = cards.length > 0 ? cards : [{ name: message.text, lines: [] }];
  return (
    <>
      {shown.map(({ name, lines }, index) => (
        <Attachment key={index}>
          {Icon && <Icon width={20} height={20} aria-hidden />}
          <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <bdi style={{ display: 'block' }}>{name || formatMessage(t('type.contacts'))}</bdi>
            {lines.map((line, at) => (
              <Muted key={at} style={{ display: 'block' }}>
                <bdi>{line}</bdi>
              </Muted>
            ))}
          </span>
        </Attachment>
      ))}
    </>
  );
};

const Unsupported = ({ message }: { message: Message }) => {
  const { formatMessage } = useIntl();
  const { Icon } = typeInfo('unsupported');
  const original = textOf(message.content, 'unsupportedType', 'originalType');
  // Meta names what it cannot deliver ("poll_creation"), or merely says "unsupported" once more.
  const kind = original === 'unsupported' ? '' : original.replace(/_/g, ' ');
  if (message.content.mediaPlaceholder === true) {
    return (
      <Attachment>
        {Icon && <Icon width={20} height={20} aria-hidden />}
        {formatMessage(t('message.mediaFollows'))}
      </Attachment>
    );
  }
  return (
    <Attachment>
      {Icon && <Icon width={20} height={20} aria-hidden />}
      <span>
        {kind
          ? formatMessage(t('message.unsupportedKind'), { kind })
          : formatMessage(t('message.unsupported'))}{' '}
        <Muted>{formatMessage(t('message.unsupportedAdvice'))}</Muted>
        <br />
        {message.wamid && (
          <TextButton onClick={() => void navigator.clipboard?.writeText(message.wamid ?? '')}>
            {formatMessage(t('message.copyId'))}
          </TextButton>
        )}
      </span>
    </Attachment>
  );
};

const KindLabel = ({ message }: { message: Message }) => {
  const { formatMessage } = useIntl();
  const { Icon, label } = typeInfo(message.type);
  return (
    <Muted style={{ display: 'flex', alignItems: 'center', gap: 6, marginBottom: 2 }}>
      {Icon && <Icon width={14} height={14} aria-hidden />}
      {formatMessage(t(label))}
    </Muted>
  );
};

const SELF_SPEAKING = new Set([
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'note',
  'system',
]);

/** What a kind shows above its text; nothing for kinds whose text or media says it all. */
export const TypeBody = ({ message }: { message: Message }) => {
  switch (message.type) {
    case 'location':
      return <Location message={message} />;
    case 'contacts':
      return <Contacts message={message} />;
    case 'unsupported':
      return <Unsupported message={message} />;
    case 'interactive':
      return <InteractiveBody message={message} />;
    case 'template':
      return <TemplateBody message={message} />;
    case 'order':
      return <OrderBody message={message} />;
    default:
      return SELF_SPEAKING.has(message.type) ? null : <KindLabel message={message} />;
  }
};

const CARD_HOLDS_TEXT = new Set(['contacts', 'unsupported', 'location', 'interactive', 'template']);

/** Kinds whose card already holds the message's text. */
export const cardHoldsText = (message: Message): boolean => CARD_HOLDS_TEXT.has(message.type);

/** Kinds that put time and state in themselves: below a template's words, above its buttons. */
export const holdsMeta = (message: Message): boolean => message.type === 'template';
