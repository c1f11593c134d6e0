import { Download } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message, MessageMedia } from '../../../../server/src/messages/contract';
import { t, type TranslationId } from '../../translate';
import { typeInfo } from '../type-info';
import { fileSize, mediaBox, safeFileName } from './content';
import { Attachment, Muted } from './shell';

const Frame = styled.div<{ $width: number; $height: number }>`
  display: flex;
  align-items: center;
  justify-content: center;
  width: ${({ $width }) => $width}px;
  max-width: calc(100% + 12px);
  aspect-ratio: ${({ $width, $height }) => `${$width} / ${$height}`};
  margin: -2px -6px 4px;
  border-radius: 7px;
  overflow: hidden;
  background: var(--wa-inset);
  color: var(--wa-meta);
  text-align: center;
  img,
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
`;
const Placeholder = styled.div`
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 6px;
  padding: 8px;
  font-size: 1.2rem;
  svg path {
    fill: currentcolor;
  }
`;
const FileLink = styled.a`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 32px;
  height: 32px;
  margin-inline-start: auto;
  border-radius: 4px;
  color: inherit;
`;
const Player = styled.audio`
  display: block;
  width: 260px;
  max-width: 100%;
  height: 40px;
  margin-bottom: 4px;
`;
const FileName = styled.span`
  display: block;
  overflow-wrap: anywhere;
`;

const STATE_TEXT: Record<MessageMedia['state'], TranslationId | null> = {
  pending: 'media.pending',
  stored: null,
  failed: 'media.failed',
  expired: 'media.expired',
};

const Picture = ({ message, media }: { message: Message; media: MessageMedia }) => {
  const { formatMessage } = useIntl();
  const [broken, setBroken] = useState(false);
  const isSticker = message.type === 'sticker';
  const box = isSticker ? { width: 140, height: 140 } : mediaBox(media.width, media.height);
  const { Icon, label } = typeInfo(message.type);
  const state = broken ? 'media.failed' : STATE_TEXT[media.state];
  const alt = message.text || formatMessage(t(label));
  const shown = media.url && state === null;
  return (
    <Frame $width={box.width} $height={box.height}>
      {shown && message.type === 'video' && (
        <video
          src={media.url!}
          controls
          preload="metadata"
          aria-label={alt}
          onError={() => setBroken(true)}
        />
      )}
      {shown && message.type !== 'video' && (
        <a href={media.url!} target="_blank" rel="noopener noreferrer" style={{ display: 'contents' }}>
          <img src={media.url!} alt={alt} loading="lazy" decoding="async" onError={() => setBroken(true)} />
        </a>
      )}
      {!shown && (
        <Placeholder>
          {Icon && <Icon width={24} height={24} aria-hidden />}
          {formatMessage(t(state ?? 'media.pending'))}
        </Placeholder>
      )}
    </Frame>
  );
};

const FileCard = ({ message, media }: { message: Message; media: MessageMedia }) => {
  const { formatMessage, locale } = useIntl();
  const { Icon, label } = typeInfo(message.type);
  const state = STATE_TEXT[media.state];
  const name = media.fileName ? safeFileName(media.fileName) : formatMessage(t(label));
  return (
    <Attachment>
      {Icon && <Icon width={20} height={20} aria-hidden />}
      <span style={{ minWidth: 0 }}>
        <FileName dir="auto">{name}</FileName>
        <Muted>{state ? formatMessage(t(state)) : media.size !== null && fileSize(media.size, locale)}</Muted>
      </span>
      {media.url && (
        <FileLink
          href={media.url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={formatMessage(t('media.open'), { name })}
        >
          <Download width={16} height={16} aria-hidden />
        </FileLink>
      )}
    </Attachment>
  );
};

/** The media of a message: a picture in its reserved place, a player, or a file card. */
export const MediaBody = ({ message, media }: { message: Message; media: MessageMedia }) => {
  const { formatMessage } = useIntl();
  const { type } = message;
  if (type === 'image' || type === 'sticker' || type === 'video')
    return <Picture message={message} media={media} />;
  const playable = (type === 'audio' || type === 'voice') && media.url !== null;
  if (!playable) return <FileCard message={message} media={media} />;
  return (
    <Player
      controls
      preload="metadata"
      src={media.url!}
      aria-label={formatMessage(t(typeInfo(type).label))}
    />
  );
};
