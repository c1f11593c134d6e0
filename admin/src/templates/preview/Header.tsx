import { File, Image, PinMap, Play, ShoppingCart } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { RenderedHeader } from '../../../../server/src/templates/render';
import { safeFileName } from '../../messages/bubble/content';
import { fileIcon } from '../../messages/bubble/media/FileCard';
import { Attachment, Muted } from '../../messages/bubble/shell';
import { t } from '../../translate';
import { isShowable, type PreviewMedia } from './preview-media';
import { withGaps } from './Words';

/** As wide as the bubble; WhatsApp crops header pictures to this shape. */
const Frame = styled.div`
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  gap: 4px;
  aspect-ratio: 1.91;
  min-width: 180px;
  margin: -2px -6px 6px;
  border-radius: 7px;
  background: var(--wa-inset);
  color: var(--wa-meta);
  font-size: 1.2rem;
  overflow: hidden;
  img,
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  svg path {
    fill: currentcolor;
  }
`;
const Title = styled.div`
  margin-bottom: 2px;
  font-weight: 600;
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
`;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const Picture = ({ type, media }: { type: 'image' | 'video'; media: PreviewMedia | null }) => {
  const { formatMessage } = useIntl();
  const label = formatMessage(t(type === 'image' ? 'preview.image' : 'preview.video'));
  const Icon = type === 'image' ? Image : Play;
  const url = media?.url ?? null;
  return (
    <Frame>
      {isShowable(url) && type === 'image' && <img src={url} alt={media?.fileName ?? label} />}
      {isShowable(url) && type === 'video' && (
        <video src={url} controls preload="metadata" aria-label={media?.fileName ?? label} />
      )}
      {!isShowable(url) && (
        <>
          <Icon width={24} height={24} aria-hidden />
          <span dir="auto">{media?.fileName ? safeFileName(media.fileName) : label}</span>
        </>
      )}
    </Frame>
  );
};

const Document = ({ media }: { media: PreviewMedia | null }) => {
  const { formatMessage } = useIntl();
  const name = media?.fileName ? safeFileName(media.fileName) : formatMessage(t('preview.document'));
  const Icon = media ? fileIcon(media.mimeType ?? '', name) : File;
  return (
    <Attachment>
      <Icon width={20} height={20} aria-hidden />
      <bdi style={{ overflowWrap: 'anywhere' }}>{name}</bdi>
    </Attachment>
  );
};

const Place = ({ location }: { location: Record<string, unknown> | null }) => {
  const { formatMessage } = useIntl();
  const address = text(location?.address);
  const name = text(location?.name) || address || formatMessage(t('preview.location'));
  return (
    <Attachment>
      <PinMap width={20} height={20} aria-hidden />
      <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <bdi style={{ display: 'block' }}>{name}</bdi>
        {address && address !== name && (
          <Muted style={{ display: 'block' }}>
            <bdi>{address}</bdi>
          </Muted>
        )}
      </span>
    </Attachment>
  );
};

const Product = ({ productId }: { productId: string | null }) => {
  const { formatMessage } = useIntl();
  return (
    <Attachment>
      <ShoppingCart width={20} height={20} aria-hidden />
      <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {formatMessage(t('preview.product'))}
        {productId && (
          <Muted style={{ display: 'block' }}>
            <bdi>{productId}</bdi>
          </Muted>
        )}
      </span>
    </Attachment>
  );
};

interface Props {
  header: RenderedHeader;
  media: PreviewMedia | null;
  gaps: boolean;
}

/** What stands above a template's words. */
export const Header = ({ header, media, gaps }: Props) => {
  const named = (file: Record<string, unknown> | null): PreviewMedia | null =>
    media ?? (file ? { url: text(file.url) || null, fileName: text(file.fileName) || null } : null);
  switch (header.type) {
    case 'text':
      return <Title>{gaps ? withGaps(header.text) : header.text}</Title>;
    case 'image':
    case 'video':
      return <Picture type={header.type} media={named(header.file)} />;
    case 'document':
      return <Document media={named(header.file)} />;
    case 'location':
      return <Place location={header.location} />;
    case 'product':
      return <Product productId={header.productId} />;
  }
};
