import { Flex, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';
import { dismissRefused, type Refused, type TrayItem } from '../attachments/tray';
import { fileSize, safeFileName } from '../bubble/content';
import { ToolButton } from './tool-styles';
import { TrayCard } from './TrayCard';

const Row = styled.ul`
  display: flex;
  align-items: flex-start;
  gap: 8px;
  margin: 0 0 8px;
  padding: 4px;
  list-style: none;
  overflow: auto hidden;
`;
interface Props {
  conversationId: string;
  items: TrayItem[];
  refused: Refused[];
  chosen: string | null;
  onChoose(key: string): void;
}

/** Files before they are sent: each with its state, in the order in which they will go. */
export const Tray = ({ conversationId, items, refused, chosen, onChoose }: Props) => {
  const { formatMessage, locale } = useIntl();
  return (
    <section aria-label={formatMessage(t('tray.label'))}>
      {refused.length > 0 && (
        <Flex role="alert" gap={2} alignItems="flex-start" justifyContent="space-between" paddingBottom={2}>
          <Flex direction="column" alignItems="flex-start" gap={1}>
            {refused.map(({ name, problem, limitBytes }, index) => (
              <Typography key={index} variant="pi" textColor="danger600">
                {formatMessage(t(`tray.problem.${problem}`), {
                  name: safeFileName(name),
                  limit: fileSize(limitBytes, locale),
                })}
              </Typography>
            ))}
          </Flex>
          <ToolButton
            type="button"
            aria-label={formatMessage(t('common.close'))}
            onClick={() => dismissRefused(conversationId)}
          >
            <Cross aria-hidden />
          </ToolButton>
        </Flex>
      )}
      {items.length > 0 && (
        <Row>
          {items.map((item, index) => (
            <TrayCard
              key={item.key}
              conversationId={conversationId}
              item={item}
              chosen={item.key === chosen}
              position={{ first: index === 0, last: index === items.length - 1 }}
              onChoose={onChoose}
            />
          ))}
        </Row>
      )}
    </section>
  );
};
