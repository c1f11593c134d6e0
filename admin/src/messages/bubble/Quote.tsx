import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { plainStart } from '../markup/plain';
import { t } from '../../translate';
import { typeInfo } from '../type-info';
import { Plain } from './shell';

const Strip = styled(Plain)`
  display: block;
  width: 100%;
  margin-bottom: 4px;
  padding: 5px 10px;
  border-inline-start: 3px solid var(--wa-line);
  border-radius: 4px;
  background: var(--wa-inset);
  font-size: 1.3rem;
  &:disabled {
    cursor: default;
  }
`;
const Who = styled.span`
  display: block;
  font-size: 1.2rem;
  font-weight: 600;
`;
const Excerpt = styled.span`
  display: -webkit-box;
  overflow: hidden;
  overflow-wrap: anywhere;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  svg {
    width: 12px;
    height: 12px;
    margin-inline-end: 4px;
    vertical-align: -1px;
  }
  svg path {
    fill: currentcolor;
  }
`;

interface Props {
  quoted: NonNullable<Message['replyTo']>;
  contactName: string;
  onJump(messageId: string): void;
}

/** The message that this one answers; a press goes there. */
export const Quote = ({ quoted, contactName, onJump }: Props) => {
  const { formatMessage } = useIntl();
  const { id, type, text, direction } = quoted;
  if (id === null) {
    return (
      <Strip as="div">
        <Excerpt>{formatMessage(t('quote.missing'))}</Excerpt>
      </Strip>
    );
  }
  const info = type ? typeInfo(type) : null;
  return (
    <Strip type="button" onClick={() => onJump(id)}>
      <Who dir="auto">{direction === 'outbound' ? formatMessage(t('quote.us')) : contactName}</Who>
      <Excerpt dir="auto">
        {info?.Icon && <info.Icon aria-hidden />}
        {(text && plainStart(text)) ||
          (info ? formatMessage(t(info.label)) : formatMessage(t('quote.missing')))}
      </Excerpt>
    </Strip>
  );
};
