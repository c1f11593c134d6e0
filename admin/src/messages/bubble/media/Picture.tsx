import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message, MessageMedia } from '../../../../../server/src/messages/contract';
import { t } from '../../../translate';
import { typeInfo } from '../../type-info';
import { mediaBox } from '../content';
import { Missing } from './Missing';
import { STATE_TEXT } from './state-text';
import { UploadOverlay } from './UploadOverlay';

const Frame = styled.div<{ $width: number; $height: number; $bare: boolean }>`
  position: relative;
  display: flex;
  align-items: center;
  justify-content: center;
  width: ${({ $width }) => $width}px;
  max-width: calc(100% + 12px);
  aspect-ratio: ${({ $width, $height }) => `${$width} / ${$height}`};
  margin: -2px -6px 4px;
  border-radius: 7px;
  overflow: hidden;
  background: ${({ $bare }) => ($bare ? 'none' : 'var(--wa-inset)')};
  color: var(--wa-meta);
  text-align: center;
  img,
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: ${({ $bare }) => ($bare ? 'contain' : 'cover')};
  }
`;
const Open = styled.button`
  display: block;
  width: 100%;
  height: 100%;
  padding: 0;
  border: 0;
  background: none;
  cursor: zoom-in;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

interface Props {
  message: Message;
  media: MessageMedia;
  onOpen(message: Message): void;
  onRetry(message: Message): void;
}

const STICKER = { width: 140, height: 140 };

/** A photo, sticker or video in the place reserved for it. */
export const Picture = ({ message, media, onOpen, onRetry }: Props) => {
  const { formatMessage } = useIntl();
  // The address that failed: a renewed one gets its own chance.
  const [broken, setBroken] = useState<string | null>(null);
  const isSticker = message.type === 'sticker';
  const box = isSticker ? STICKER : mediaBox(media.width, media.height);
  const { label } = typeInfo(message.type);
  const failedHere = broken !== null && broken === media.url;
  const state = failedHere ? 'media.failed' : STATE_TEXT[media.state];
  const alt = message.text || formatMessage(t(label));
  const url = state === null ? media.url : null;
  const retryable = media.state === 'failed' || failedHere;
  return (
    <Frame $width={box.width} $height={box.height} $bare={isSticker && url !== null}>
      {url && message.type === 'video' && (
        <video
          src={url}
          controls
          preload="metadata"
          playsInline
          aria-label={alt}
          onError={() => setBroken(url)}
        />
      )}
      {url && message.type === 'sticker' && (
        <img src={url} alt={alt} loading="lazy" decoding="async" onError={() => setBroken(url)} />
      )}
      {url && message.type === 'image' && (
        <Open
          type="button"
          aria-label={formatMessage(t('media.view'), { name: alt })}
          onClick={() => onOpen(message)}
        >
          <img src={url} alt="" loading="lazy" decoding="async" onError={() => setBroken(url)} />
        </Open>
      )}
      {!url && (
        <Missing
          type={message.type}
          text={state ?? 'media.pending'}
          onRetry={retryable ? () => (failedHere ? setBroken(null) : onRetry(message)) : undefined}
        />
      )}
      <UploadOverlay clientKey={message.clientKey} pending={message.id.startsWith('pending:')} />
    </Frame>
  );
};
