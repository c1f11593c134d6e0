import { ArrowClockwise, ArrowLeft, ArrowRight, Cross, Headphones, Play } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { useStore } from '../../store/use-store';
import { t } from '../../translate';
import { moveItem, removeItem, sendAsDocument, type TrayItem } from '../attachments/tray';
import { retryUpload, uploadStore } from '../attachments/uploads';
import { fileSize, safeFileName } from '../bubble/content';
import { fileIcon } from '../bubble/media/FileCard';
import { InlineButton } from '../bubble/shell';
import { useFailureWords } from '../use-failure-words';
import { ToolButton } from './tool-styles';

const Card = styled.li<{ $chosen: boolean; $failed: boolean }>`
  position: relative;
  flex: none;
  width: 132px;
  border: 1px solid
    ${({ theme, $chosen, $failed }) =>
      theme.colors[$failed ? 'danger600' : $chosen ? 'primary600' : 'neutral200']};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral100};
  ${({ $chosen, theme }) => $chosen && `box-shadow: 0 0 0 1px ${theme.colors.primary600};`}
`;
const Face = styled.button`
  display: flex;
  flex-direction: column;
  width: 100%;
  padding: 0;
  border: 0;
  border-radius: inherit;
  background: none;
  color: ${({ theme }) => theme.colors.neutral800};
  font: inherit;
  text-align: start;
  cursor: pointer;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;
const Thumb = styled.span`
  display: flex;
  align-items: center;
  justify-content: center;
  width: 100%;
  height: 84px;
  color: ${({ theme }) => theme.colors.neutral600};
  overflow: hidden;
  svg {
    width: 28px;
    height: 28px;
  }
  svg path {
    fill: currentcolor;
  }
  img,
  video {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
`;
const Facts = styled.span`
  display: block;
  padding: 4px 8px 6px;
  font-size: 1.2rem;
  > * {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  > :last-child {
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
const Bar = styled.span`
  position: absolute;
  inset-block-start: 80px;
  inset-inline: 0;
  height: 4px;
  background: ${({ theme }) => theme.colors.neutral200};
  > i {
    display: block;
    height: 100%;
    background: ${({ theme }) => theme.colors.primary600};
  }
`;
const AsFile = styled(InlineButton)`
  margin: 0 4px 6px;
`;
const Tools = styled.span`
  position: absolute;
  inset-block-start: 4px;
  inset-inline-end: 4px;
  display: flex;
  gap: 2px;
  button {
    width: 24px;
    height: 24px;
    background: ${({ theme }) => theme.colors.neutral0};
  }
  svg {
    width: 12px;
    height: 12px;
  }
`;

const Preview = ({ item }: { item: TrayItem }) => {
  const { kind, previewUrl } = item;
  if (previewUrl && (kind === 'image' || kind === 'sticker')) return <img src={previewUrl} alt="" />;
  if (previewUrl && kind === 'video') return <video src={previewUrl} muted preload="metadata" aria-hidden />;
  if (kind === 'audio' || kind === 'voice') return <Headphones aria-hidden />;
  if (kind === 'video') return <Play aria-hidden />;
  const Icon = fileIcon(item.mimeType, item.name);
  return <Icon aria-hidden />;
};

interface Props {
  conversationId: string;
  item: TrayItem;
  chosen: boolean;
  position: { first: boolean; last: boolean };
  onChoose(key: string): void;
}

/** One file before it is sent: how it looks, how far it has come, and what can be done about it. */
export const TrayCard = ({ conversationId, item, chosen, position, onChoose }: Props) => {
  const { formatMessage, locale } = useIntl();
  const wordsOf = useFailureWords();
  const upload = useStore(uploadStore, (all) => all[item.key]);
  const name = safeFileName(item.name);
  const failed = upload?.state === 'failed';
  const words = () => {
    if (failed && upload.error) {
      const { code, message } = upload.error;
      // The server's own reason names the limit; a general sentence of ours would say less.
      if (code === 'media_not_supported') return message;
      return wordsOf({ code, title: '', message, hint: null, retryable: true }).cause;
    }
    if (upload?.state === 'uploading') {
      return formatMessage(t('upload.progress'), { percent: Math.round(upload.progress * 100) });
    }
    return upload?.upload?.converted ?? fileSize(upload?.upload?.size ?? item.size, locale);
  };
  const said = words();
  return (
    <Card $chosen={chosen} $failed={failed}>
      <Face type="button" aria-pressed={chosen} onClick={() => onChoose(item.key)}>
        <Thumb>
          <Preview item={item} />
        </Thumb>
        <Facts>
          <span dir="auto" title={name}>
            {name}
          </span>
          <span title={said} style={failed ? { whiteSpace: 'normal' } : undefined}>
            {said}
          </span>
        </Facts>
      </Face>
      {failed && upload.error?.code === 'media_not_supported' && item.kind !== 'document' && (
        <AsFile type="button" onClick={() => sendAsDocument(conversationId, item.key)}>
          {formatMessage(t('tray.asFile'))}
        </AsFile>
      )}
      {upload?.state === 'uploading' && (
        <Bar aria-hidden>
          <i style={{ width: `${Math.round(upload.progress * 100)}%` }} />
        </Bar>
      )}
      <Tools>
        {failed && upload.error?.code !== 'media_not_supported' && (
          <ToolButton
            type="button"
            aria-label={formatMessage(t('tray.retry'), { name })}
            onClick={() => retryUpload(item.key)}
          >
            <ArrowClockwise aria-hidden />
          </ToolButton>
        )}
        {chosen && !position.first && (
          <ToolButton
            type="button"
            aria-label={formatMessage(t('tray.earlier'), { name })}
            onClick={() => moveItem(conversationId, item.key, -1)}
          >
            <ArrowLeft aria-hidden />
          </ToolButton>
        )}
        {chosen && !position.last && (
          <ToolButton
            type="button"
            aria-label={formatMessage(t('tray.later'), { name })}
            onClick={() => moveItem(conversationId, item.key, 1)}
          >
            <ArrowRight aria-hidden />
          </ToolButton>
        )}
        <ToolButton
          type="button"
          aria-label={formatMessage(t('tray.remove'), { name })}
          onClick={() => removeItem(conversationId, item.key)}
        >
          <Cross aria-hidden />
        </ToolButton>
      </Tools>
    </Card>
  );
};
