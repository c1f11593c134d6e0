import { Popover, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { DeliveryStatus, Message } from '../../../../server/src/messages/contract';
import { AlertGlyph, ClockGlyph, DoubleTick, SingleTick } from '../../design/icons';
import { fullDateTime } from '../../design/time';
import { t, type TranslationId } from '../../translate';
import { tokensOf } from './shell';

const SIGNS: Record<DeliveryStatus, typeof SingleTick> = {
  received: SingleTick,
  scheduled: ClockGlyph,
  queued: ClockGlyph,
  sending: ClockGlyph,
  unknown: ClockGlyph,
  accepted: SingleTick,
  sent: SingleTick,
  delivered: DoubleTick,
  read: DoubleTick,
  played: DoubleTick,
  failed: AlertGlyph,
  cancelled: AlertGlyph,
};

const Sign = styled.span<{ $status: DeliveryStatus }>`
  display: inline-flex;
  color: ${({ theme, $status }) => {
    const tokens = tokensOf(theme);
    if ($status === 'read' || $status === 'played') return tokens.readTick;
    return $status === 'failed' ? tokens.dangerIcon : 'inherit';
  }};
`;

/** The sign of a delivery state with its words for assistive technology. */
export const StatusSign = ({ status }: { status: DeliveryStatus }) => {
  const { formatMessage } = useIntl();
  const Icon = SIGNS[status] ?? ClockGlyph;
  return (
    <Sign $status={status} role="img" aria-label={formatMessage(t(`status.${status}` as TranslationId))}>
      <Icon />
    </Sign>
  );
};

const Trigger = styled.button`
  display: inline-flex;
  margin: -6px -6px -6px -4px;
  padding: 6px 6px 6px 4px;
  border: 0;
  border-radius: 4px;
  background: none;
  color: inherit;
  cursor: pointer;
`;
const Times = styled.dl`
  display: grid;
  grid-template-columns: auto auto;
  gap: 6px 16px;
  margin: 0;
  padding: 12px 16px;
`;

/** Ticks that open the times of each state reached. */
export const Ticks = ({ message }: { message: Message }) => {
  const { formatMessage, locale } = useIntl();
  const label = formatMessage(t(`status.${message.status}` as TranslationId));
  if (message.statuses.length === 0) return <StatusSign status={message.status} />;
  return (
    <Popover.Root>
      <Popover.Trigger>
        <Trigger type="button" aria-label={formatMessage(t('status.details'), { status: label })}>
          <StatusSign status={message.status} />
        </Trigger>
      </Popover.Trigger>
      <Popover.Content side="top" align="end">
        <Times>
          {message.statuses.map(({ status, at }) => (
            <div key={status} style={{ display: 'contents' }}>
              <Typography tag="dt" variant="pi" textColor="neutral600">
                {formatMessage(t(`status.${status}` as TranslationId))}
              </Typography>
              <Typography tag="dd" variant="pi" textColor="neutral800">
                {fullDateTime(Date.parse(at), locale)}
              </Typography>
            </div>
          ))}
        </Times>
      </Popover.Content>
    </Popover.Root>
  );
};
