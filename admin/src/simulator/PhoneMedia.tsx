import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { PhoneMessage } from '../../../server/src/sandbox/contract';
import { safeFileName } from '../messages/bubble/content';
import { AudioPlayer } from '../messages/bubble/media/AudioPlayer';
import { fileIcon } from '../messages/bubble/media/FileCard';
import { Attachment } from '../messages/bubble/shell';
import { typeInfo } from '../messages/type-info';
import { t } from '../translate';

/** The phone knows no measures beforehand: the place is the same for every picture. */
const Picture = styled.div`
  width: 240px;
  max-width: 100%;
  aspect-ratio: 4 / 3;
  margin: -2px -6px 4px;
  border-radius: 7px;
  background: var(--wa-inset);
  overflow: hidden;
  &[data-sticker] {
    width: 120px;
    aspect-ratio: 1;
    background: none;
  }
  img,
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
`;

interface Props {
  message: PhoneMessage;
  media: NonNullable<PhoneMessage['media']>;
}

/** A file on the customer's phone. */
export const PhoneMedia = ({ message, media }: Props) => {
  const { formatMessage } = useIntl();
  const { url, mimeType, fileName } = media;
  const label = message.text || formatMessage(t(typeInfo(message.type).label));
  if (mimeType.startsWith('image/')) {
    return (
      <Picture data-sticker={message.type === 'sticker' || undefined}>
        <img src={url} alt={label} loading="lazy" />
      </Picture>
    );
  }
  if (mimeType.startsWith('video/')) {
    return (
      <Picture>
        <video src={url} controls preload="metadata" aria-label={label} />
      </Picture>
    );
  }
  if (mimeType.startsWith('audio/')) {
    return (
      <AudioPlayer message={{ id: message.wamid, type: 'audio', clientKey: null, media: null }} url={url} />
    );
  }
  const name = fileName ? safeFileName(fileName) : formatMessage(t('type.document'));
  const Icon = fileIcon(mimeType, name);
  return (
    <Attachment as="a" href={url} target="_blank" rel="noopener noreferrer" style={{ color: 'inherit' }}>
      <Icon width={20} height={20} aria-hidden />
      <bdi style={{ overflowWrap: 'anywhere' }}>{name}</bdi>
    </Attachment>
  );
};
