import { Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { languageName } from '../../../../server/src/templates/languages';
import { t } from '../../translate';
import { useBuilder } from './builder-context';

const Pair = styled.div`
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 16px;
  @media (max-width: 767px) {
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
`;
const Original = styled.div`
  padding: 8px 12px;
  border-inline-start: 3px solid ${({ theme }) => theme.colors.neutral200};
  background: ${({ theme }) => theme.colors.neutral100};
  color: ${({ theme }) => theme.colors.neutral800};
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  font-size: 1.4rem;
`;

/** A field beside what it is translated from; alone when nothing is translated. */
export const SourceText = ({ text, children }: { text: string | undefined; children: ReactNode }) => {
  const { formatMessage, locale } = useIntl();
  const { source } = useBuilder();
  if (!source || !text) return <>{children}</>;
  return (
    <Pair>
      <Original dir="auto">
        <Typography tag="div" variant="pi" textColor="neutral600">
          {formatMessage(t('templates.source'), { language: languageName(source.language, locale) })}
        </Typography>
        {text}
      </Original>
      <div>{children}</div>
    </Pair>
  );
};
