import { Download, ExternalLink, File, FileCsv, FilePdf, FileXls, FileZip } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message, MessageMedia } from '../../../../../server/src/messages/contract';
import { t } from '../../../translate';
import { typeInfo } from '../../type-info';
import { fileSize, safeFileName } from '../content';
import { Attachment, InlineButton, Muted } from '../shell';
import { STATE_TEXT } from './state-text';
import { UploadOverlay } from './UploadOverlay';

const Open = styled.a`
  display: inline-flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 32px;
  height: 32px;
  margin-inline-start: auto;
  border-radius: 4px;
  color: inherit;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;
const Name = styled.span`
  display: block;
  overflow-wrap: anywhere;
`;

const ICONS: [RegExp, typeof File][] = [
  [/pdf/, FilePdf],
  [/csv/, FileCsv],
  [/excel|spreadsheet|xlsx?$/, FileXls],
  [/zip|rar|7z|tar/, FileZip],
];

/** Icon of a file by its type or the end of its name. */
export const fileIcon = (mimeType: string | null, name: string): typeof File => {
  const hint = `${mimeType ?? ''} ${name.split('.').pop()?.toLowerCase() ?? ''}`;
  return ICONS.find(([pattern]) => pattern.test(hint))?.[1] ?? File;
};

/** "PDF", "DOCX": the end of the name, or of the type when the name has none. */
export const fileKind = (mimeType: string | null, name: string): string => {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? /\/([a-z0-9]{1,5})$/i.exec(mimeType ?? '')?.[1];
  return ending?.toUpperCase() ?? '';
};

interface Props {
  message: Message;
  media: MessageMedia;
  onRetry(message: Message): void;
}

/** Icon, name, kind and size of a file. A PDF opens in a tab of its own, everything else is downloaded. */
export const FileCard = ({ message, media, onRetry }: Props) => {
  const { formatMessage, locale } = useIntl();
  const { label, Icon: TypeIcon } = typeInfo(message.type);
  const state = STATE_TEXT[media.state];
  const name = media.fileName ? safeFileName(media.fileName) : formatMessage(t(label));
  const Icon = message.type === 'document' ? fileIcon(media.mimeType, name) : (TypeIcon ?? File);
  const isPdf = media.mimeType === 'application/pdf';
  const facts = [
    message.type === 'document' ? fileKind(media.mimeType, name) : '',
    media.size === null ? '' : fileSize(media.size, locale),
  ].filter(Boolean);
  const OpenIcon = isPdf ? ExternalLink : Download;
  return (
    <Attachment>
      <Icon width={24} height={24} aria-hidden />
      <span style={{ minWidth: 0 }}>
        <Name dir="auto">{name}</Name>
        <Muted>{state ? formatMessage(t(state)) : facts.join(' · ')}</Muted>
        {media.state === 'failed' && (
          <InlineButton type="button" onClick={() => onRetry(message)}>
            {formatMessage(t('media.retry'))}
          </InlineButton>
        )}
        <UploadOverlay clientKey={message.clientKey} pending={message.id.startsWith('pending:')} inline />
      </span>
      {media.url && !message.id.startsWith('pending:') && (
        <Open
          href={media.url}
          target="_blank"
          rel="noopener noreferrer"
          download={isPdf ? undefined : name}
          aria-label={formatMessage(t(isPdf ? 'media.open' : 'media.download'), { name })}
        >
          <OpenIcon width={16} height={16} aria-hidden />
        </Open>
      )}
    </Attachment>
  );
};
