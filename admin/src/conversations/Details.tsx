import { IconButton, Typography } from '@strapi/design-system';
import { Cross, Duplicate } from '@strapi/icons';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Integration } from '../../../server/src/integrations/contract';
import { Avatar } from '../design/Avatar';
import { ContactName } from '../design/ContactName';
import { fullDateTime } from '../design/time';
import { t } from '../translate';
import { BlockControl } from './BlockControl';
import { displayName, initialsOf } from './display-name';
import { LinkedEntry } from './LinkedEntry';
import { Phone } from './Phone';
import { TestContactControl } from './TestContactControl';
import { WindowText } from './WindowText';

const Frame = styled.aside`
  position: relative;
  height: 100%;
  padding: 24px 20px;
  overflow: hidden auto;
  background: ${({ theme }) => theme.colors.neutral0};
`;
const Top = styled.div`
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 12px;
  padding-bottom: 24px;
  text-align: center;
  overflow-wrap: anywhere;
`;
const Close = styled.div`
  position: absolute;
  inset-block-start: 12px;
  inset-inline-end: 12px;
`;
const Fields = styled.dl`
  display: flex;
  flex-direction: column;
  gap: 16px;
`;
const Bottom = styled.div`
  padding-top: 24px;
`;
const Value = styled.dd`
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 8px;
  min-height: 24px;
  margin: 0;
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  overflow-wrap: anywhere;
`;

const Field = ({ label, copy, children }: { label: string; copy?: string; children: ReactNode }) => {
  const { formatMessage } = useIntl();
  return (
    <div>
      <Typography tag="dt" variant="pi" fontWeight="bold" textColor="neutral600">
        {label}
      </Typography>
      <Value>
        {children}
        {copy !== undefined && (
          <IconButton
            variant="ghost"
            size="XS"
            label={formatMessage(t('common.copyThis'), { label })}
            onClick={() => void navigator.clipboard?.writeText(copy)}
          >
            <Duplicate />
          </IconButton>
        )}
      </Value>
    </div>
  );
};

interface Props {
  conversation: Conversation;
  integration: Integration | null;
  now: number;
  /** May see whole phone numbers. */
  canReveal: boolean;
  /** May block, and say which entry stands for the person. */
  canEdit: boolean;
  /** May say to whom test sends of templates go. */
  canTest: boolean;
  onClose(): void;
}

/** What is known of the person one talks to. */
export const Details = ({ conversation, integration, now, canReveal, canEdit, canTest, onClose }: Props) => {
  const { formatMessage, locale } = useIntl();
  const { contact } = conversation;
  return (
    <Frame aria-label={formatMessage(t('details.region'))}>
      <Close>
        <IconButton variant="ghost" size="S" label={formatMessage(t('details.close'))} onClick={onClose}>
          <Cross />
        </IconButton>
      </Close>
      <Top>
        <Avatar id={contact.id} initials={initialsOf(displayName(contact))} size={64} />
        <Typography variant="delta" tag="h2">
          <ContactName contact={contact} />
        </Typography>
      </Top>
      <Fields>
        {contact.profileName && contact.profileName !== contact.name && (
          <Field label={formatMessage(t('details.profileName'))}>
            <bdi>{contact.profileName}</bdi>
          </Field>
        )}
        {contact.phone && (
          <Field label={formatMessage(t('details.phone'))}>
            <Phone contactId={contact.id} phone={contact.phone} canReveal={canReveal} />
          </Field>
        )}
        {contact.username && (
          <Field label={formatMessage(t('details.username'))} copy={contact.username}>
            <bdi>@{contact.username}</bdi>
          </Field>
        )}
        {contact.userId && (
          <Field label={formatMessage(t('details.userId'))} copy={contact.userId}>
            <bdi dir="ltr">{contact.userId}</bdi>
          </Field>
        )}
        <Field label={formatMessage(t('details.window'))}>
          <WindowText expiresAt={conversation.windowExpiresAt} now={now} />
        </Field>
        {integration && (
          <Field label={formatMessage(t('details.number'))}>
            <span>
              <bdi>{integration.name}</bdi> · <bdi dir="ltr">{integration.phoneNumber}</bdi>
            </span>
          </Field>
        )}
        {(contact.linkedEntry || canEdit) && (
          <Field label={formatMessage(t('details.linked'))}>
            <LinkedEntry
              key={contact.id}
              contactId={contact.id}
              documentId={contact.linkedEntry?.documentId ?? null}
              canEdit={canEdit}
            />
          </Field>
        )}
        <Field label={formatMessage(t('details.since'))}>
          {fullDateTime(Date.parse(conversation.createdAt), locale)}
        </Field>
      </Fields>
      {canTest && (
        <Bottom>
          <TestContactControl key={contact.id} contactId={contact.id} />
        </Bottom>
      )}
      {canEdit && (
        <Bottom>
          <BlockControl conversation={conversation} now={now} />
        </Bottom>
      )}
    </Frame>
  );
};
