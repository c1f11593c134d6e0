import { Button, LinkButton } from '@strapi/design-system';
import { Phone } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
import { PaneMessage } from '../design/PaneMessage';
import { Bone, Delayed } from '../design/Skeleton';
import { PLUGIN_PATH } from '../plugin-id';
import { t } from '../translate';
import { ROW_HEIGHT } from './ConversationRow';

const BoneRow = styled.div`
  display: flex;
  align-items: center;
  gap: 12px;
  height: ${ROW_HEIGHT}px;
  padding: 0 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  > div {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 10px;
  }
`;

export const ListSkeleton = () => (
  <Delayed>
    <div aria-busy>
      {['60%', '45%', '70%', '52%', '64%', '40%', '58%'].map((width) => (
        <BoneRow key={width}>
          <Bone $width="40px" $height={40} $round />
          <div>
            <Bone $width={width} $height={12} />
            <Bone $width="85%" $height={10} />
          </div>
        </BoneRow>
      ))}
    </div>
  </Delayed>
);

const PillButton = styled.button`
  position: absolute;
  inset-block-start: 8px;
  inset-inline-start: 50%;
  z-index: 3;
  padding: 6px 14px;
  border: 0;
  border-radius: 14px;
  background: ${({ theme }) => theme.colors.primary600};
  color: ${({ theme }) => theme.colors.neutral0};
  font-size: 1.2rem;
  font-weight: 600;
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
  transform: translateX(-50%);
  cursor: pointer;
  [dir='rtl'] & {
    transform: translateX(50%);
  }
`;

export const NewPill = ({ count, onClick }: { count: number; onClick(): void }) => {
  const { formatMessage } = useIntl();
  return (
    <PillButton type="button" onClick={onClick}>
      {formatMessage(t('list.new'), { count })}
    </PillButton>
  );
};

export const NoResults = ({ onReset }: { onReset(): void }) => {
  const { formatMessage } = useIntl();
  return (
    <PaneMessage
      picture={<EmptyDocuments width="12rem" height="8rem" aria-hidden />}
      title={formatMessage(t('list.noResults.title'))}
      text={formatMessage(t('list.noResults.text'))}
    >
      <Button variant="tertiary" onClick={onReset}>
        {formatMessage(t('list.noResults.reset'))}
      </Button>
    </PaneMessage>
  );
};

export const AllRead = () => {
  const { formatMessage } = useIntl();
  return (
    <PaneMessage
      picture={<EmptyDocuments width="12rem" height="8rem" aria-hidden />}
      title={formatMessage(t('list.allRead.title'))}
      text={formatMessage(t('list.allRead.text'))}
    />
  );
};

interface NoConversationsProps {
  numbers: Integration[];
  simulator: boolean;
}

/** How a first conversation comes about: a link that opens WhatsApp with the number, or the simulator. */
export const NoConversations = ({ numbers, simulator }: NoConversationsProps) => {
  const { formatMessage } = useIntl();
  const real = numbers.find(({ sandbox }) => !sandbox);
  const link = real && `https://wa.me/${real.phoneNumber.replace(/\D/g, '')}`;
  return (
    <PaneMessage
      picture={<EmptyDocuments width="12rem" height="8rem" aria-hidden />}
      title={formatMessage(t('list.none.title'))}
      text={formatMessage(t('list.none.text'))}
    >
      {link && (
        <LinkButton href={link} target="_blank" rel="noopener noreferrer" variant="tertiary" dir="ltr">
          {link.replace('https://', '')}
        </LinkButton>
      )}
      {simulator && (
        <LinkButton tag={Link} to={`${PLUGIN_PATH}/simulator`} variant="secondary" startIcon={<Phone />}>
          {formatMessage(t('list.none.simulator'))}
        </LinkButton>
      )}
    </PaneMessage>
  );
};
