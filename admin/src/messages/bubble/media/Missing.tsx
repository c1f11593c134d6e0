import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t, type TranslationId } from '../../../translate';
import { typeInfo } from '../../type-info';
import { InlineButton } from '../shell';

const Box = styled.div`
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

interface Props {
  type: string;
  text: TranslationId;
  /** Absent where another try cannot help. */
  onRetry?: () => void;
}

/** Stands in a picture's place: what is wrong with it, and another try where one can help. */
export const Missing = ({ type, text, onRetry }: Props) => {
  const { formatMessage } = useIntl();
  const { Icon } = typeInfo(type);
  return (
    <Box>
      {Icon && <Icon width={24} height={24} aria-hidden />}
      <span>{formatMessage(t(text))}</span>
      {onRetry && (
        <InlineButton type="button" onClick={onRetry}>
          {formatMessage(t('media.retry'))}
        </InlineButton>
      )}
    </Box>
  );
};
