import { Flex, TextButton, Typography } from '@strapi/design-system';
import { Clock } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { shortDateTime } from '../../design/time';
import { t } from '../../translate';
import type { Message } from '../api-types';
import { plainStart } from '../markup/plain';
import { typeInfo } from '../type-info';

const Strip = styled.section`
  flex: none;
  padding: 8px 20px;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
`;
const List = styled.ul`
  max-height: 180px;
  margin: 4px 0 0;
  padding: 0;
  overflow: hidden auto;
  list-style: none;
  > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 6px 0;
  }
  > li > :first-child {
    flex: 1;
    min-width: 160px;
  }
`;

interface Props {
  messages: Message[];
  canSend: boolean;
  onReschedule(message: Message): void;
  onCancel(message: Message): void;
}

/** What is planned, above the composer. */
export const ScheduledStrip = ({ messages, canSend, onReschedule, onCancel }: Props) => {
  const { formatMessage, locale } = useIntl();
  const [open, setOpen] = useState(false);
  if (messages.length === 0) return null;
  const next = Math.min(...messages.map(({ scheduledAt }) => Date.parse(scheduledAt ?? '')));
  return (
    <Strip aria-label={formatMessage(t('schedule.list'))}>
      <TextButton startIcon={<Clock />} aria-expanded={open} onClick={() => setOpen(!open)}>
        {formatMessage(t('schedule.count'), { count: messages.length, when: shortDateTime(next, locale) })}
      </TextButton>
      {open && (
        <List>
          {messages.map((message) => (
            <li key={message.id}>
              <div>
                <Typography tag="div" ellipsis dir="auto">
                  {plainStart(message.text) || formatMessage(t(typeInfo(message.type).label))}
                </Typography>
                <Typography tag="div" variant="pi" textColor="neutral600">
                  {message.scheduledAt && shortDateTime(Date.parse(message.scheduledAt), locale)}
                </Typography>
              </div>
              {canSend && (
                <Flex gap={3}>
                  <TextButton onClick={() => onReschedule(message)}>
                    {formatMessage(t('schedule.change'))}
                  </TextButton>
                  <TextButton onClick={() => onCancel(message)}>
                    {formatMessage(t('schedule.cancel'))}
                  </TextButton>
                </Flex>
              )}
            </li>
          ))}
        </List>
      )}
    </Strip>
  );
};
