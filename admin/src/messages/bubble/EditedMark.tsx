import { Popover, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { fullDateTime } from '../../design/time';
import { t } from '../../translate';
import { listOf, textOf } from './content';

const Trigger = styled.button`
  min-height: 24px;
  margin: -4px 0;
  padding: 0 2px;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-decoration: underline dotted;
  text-underline-offset: 2px;
  cursor: pointer;
`;
const Versions = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 12px;
  width: 320px;
  max-width: calc(100vw - 32px);
  max-height: 280px;
  padding: 12px 16px;
  overflow: hidden auto;
  list-style: none;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

/** "edited"; where earlier wordings are known, a press shows them. */
export const EditedMark = ({ message }: { message: Message }) => {
  const { formatMessage, locale } = useIntl();
  const edits = listOf(message.content.edits);
  if (edits.length === 0) return <span>{formatMessage(t('message.edited'))}</span>;
  return (
    <Popover.Root>
      <Popover.Trigger>
        <Trigger type="button" aria-label={formatMessage(t('message.editedShow'))}>
          {formatMessage(t('message.edited'))}
        </Trigger>
      </Popover.Trigger>
      <Popover.Content side="top" align="end">
        <Versions>
          {edits.map((edit, index) => {
            const at = Date.parse(textOf(edit, 'at'));
            return (
              <li key={index}>
                <Typography variant="pi" textColor="neutral600" tag="div">
                  {Number.isFinite(at)
                    ? formatMessage(t('message.until'), { time: fullDateTime(at, locale) })
                    : formatMessage(t('message.earlier'))}
                </Typography>
                <Typography tag="div" dir="auto">
                  {textOf(edit, 'text') || '…'}
                </Typography>
              </li>
            );
          })}
        </Versions>
      </Popover.Content>
    </Popover.Root>
  );
};
