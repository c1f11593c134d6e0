import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { useStore } from '../../../store/use-store';
import { t } from '../../../translate';
import { uploadStore } from '../../attachments/uploads';

const Over = styled.span<{ $inline: boolean }>`
  ${({ $inline }) => !$inline && 'position: absolute; inset-block-end: 8px; inset-inline: 8px;'}
  display: block;
  padding: ${({ $inline }) => ($inline ? '2px 0' : '4px 8px')};
  border-radius: 4px;
  background: ${({ $inline }) => ($inline ? 'none' : 'var(--wa-bg)')};
  color: var(--wa-text);
  font-size: 1.1rem;
`;
const Bar = styled.span`
  display: block;
  height: 4px;
  margin-top: 2px;
  border-radius: 2px;
  background: var(--wa-inset);
  overflow: hidden;
  > i {
    display: block;
    height: 100%;
    background: ${({ theme }) => theme.colors.primary600};
  }
`;

interface Props {
  clientKey: string | null;
  /** Only a message that the server has not taken yet can still be uploading. */
  pending: boolean;
  inline?: boolean;
}

/** How far the file of an unsent message has come. */
export const UploadOverlay = ({ clientKey, pending, inline = false }: Props) => {
  const { formatMessage } = useIntl();
  const progress = useStore(uploadStore, (all) => {
    const upload = pending && clientKey ? all[clientKey] : undefined;
    return upload?.state === 'uploading' ? upload.progress : null;
  });
  if (progress === null) return null;
  const percent = Math.round(progress * 100);
  return (
    <Over $inline={inline} role="status">
      {formatMessage(t('upload.progress'), { percent })}
      <Bar aria-hidden>
        <i style={{ width: `${percent}%` }} />
      </Bar>
    </Over>
  );
};
