import { Flex, Typography } from '@strapi/design-system';
import { Lock } from '@strapi/icons';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../translate';

const Frame = styled.div`
  flex: none;
  padding: 14px 20px;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
`;
const Draft = styled.p`
  max-height: 6rem;
  margin-top: 8px;
  padding-inline-start: 10px;
  border-inline-start: 3px solid ${({ theme }) => theme.colors.neutral200};
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.3rem;
  white-space: pre-wrap;
  overflow: auto;
  overflow-wrap: anywhere;
`;

interface Props {
  title: string;
  text: string;
  draft: string;
  children?: ReactNode;
}

/** Stands where the composer would be when nothing can be sent: the reason, the way out, and the draft that is kept. */
export const ComposerLock = ({ title, text, draft, children }: Props) => {
  const { formatMessage } = useIntl();
  return (
    <Frame role="status">
      <Flex gap={3} alignItems="flex-start">
        <Lock width={16} height={16} fill="neutral600" aria-hidden style={{ flex: 'none', marginTop: 2 }} />
        <Flex direction="column" alignItems="flex-start" gap={1} style={{ minWidth: 0 }}>
          <Typography fontWeight="bold" textColor="neutral800">
            {title}
          </Typography>
          <Typography textColor="neutral600">{text}</Typography>
          {children}
          {draft && (
            <>
              <Typography variant="pi" textColor="neutral600">
                {formatMessage(t('composer.draftKept'))}
              </Typography>
              <Draft dir="auto">{draft}</Draft>
            </>
          )}
        </Flex>
      </Flex>
    </Frame>
  );
};
