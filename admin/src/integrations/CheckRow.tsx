import { Flex, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { IntegrationCheck } from '../../../server/src/integrations/contract';
import { StateSign, type Sign } from '../design/StateSign';
import { t } from '../translate';
import { useFindingWords } from './finding-words';

const Row = styled.li`
  display: flex;
  align-items: flex-start;
  gap: 12px;
  padding-block: 12px;
  border-block-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  &:first-child {
    border-block-start: 0;
  }
`;
export const CheckRows = styled.ul`
  list-style: none;
`;

/** What a check is called: in the viewer's language where we know it, else in the server's words. */
export const useCheckLabel = () => {
  const { formatMessage, messages } = useIntl();
  return (name: string, label?: string): string => {
    const id = `whatsapp.check.${name}`;
    return id in messages ? formatMessage({ id }) : (label ?? name);
  };
};

interface Props {
  label: string;
  check: Pick<IntegrationCheck, 'key' | 'facts' | 'message' | 'fix' | 'fixKey'> & { state: Sign };
  action?: ReactNode;
}

/** One check: sign, what was looked at, the result or its cause, and the way out. */
export const CheckRow = ({ label, check, action }: Props) => {
  const { formatMessage } = useIntl();
  const { message, fix } = useFindingWords()(check);
  return (
    <Row>
      <StateSign sign={check.state} iconOnly />
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap" flex="1" minWidth={0}>
        <Flex direction="column" alignItems="flex-start" gap={1} flex="1 1 24rem" minWidth={0}>
          <Typography fontWeight="semiBold" textColor="neutral800">
            {label}
          </Typography>
          <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
            {message}
          </Typography>
          {fix && (
            <Typography textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
              {formatMessage(t('check.fix'), { fix })}
            </Typography>
          )}
        </Flex>
        {action}
      </Flex>
    </Row>
  );
};
