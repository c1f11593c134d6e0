import { Flex, Td, Tr, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import { languageName } from '../../../../server/src/templates/languages';
import { listTime } from '../../design/time';
import { serverNow } from '../../realtime/clock';
import { t } from '../../translate';
import { draftPath, templatePath } from '../paths';
import { factsOf, type Entry } from './groups';
import { QualityText } from './QualityText';
import { DraftBadge, StatusBadge } from './StatusBadge';

/** Left out where there is no room: the detail page tells them. */
export const WideCell = styled(Td)`
  @media (max-width: 767px) {
    && {
      display: none;
    }
  }
`;
export const NameLink = styled(Link)`
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  font-weight: 600;
  text-decoration: none;
  overflow-wrap: anywhere;
  &:hover {
    text-decoration: underline;
  }
`;
export const pathOf = (entry: Entry): string =>
  entry.kind === 'draft' ? draftPath(entry.id) : templatePath(entry.id);

const Language = ({ entry }: { entry: Entry }) => {
  const { locale } = useIntl();
  const { language } = factsOf(entry);
  return (
    <Typography textColor="neutral800">
      {language ? languageName(language, locale) : '–'}{' '}
      <Typography variant="pi" textColor="neutral600">
        <bdi dir="ltr">{language}</bdi>
      </Typography>
    </Typography>
  );
};

const State = ({ entry }: { entry: Entry }) => {
  const { formatMessage } = useIntl();
  if (entry.kind === 'draft') return <DraftBadge state={entry.draft.state} />;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <StatusBadge status={entry.template.status} />
      {entry.draft && (
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(t('templates.changesBegun'))}
        </Typography>
      )}
    </Flex>
  );
};

const Facts = ({ entry }: { entry: Entry }) => {
  const { formatMessage, locale } = useIntl();
  const template = entry.kind === 'template' ? entry.template : null;
  const last = template?.lastSentAt ? Date.parse(template.lastSentAt) : null;
  return (
    <>
      <WideCell>{template && <QualityText quality={template.quality} />}</WideCell>
      <WideCell>
        {template && (
          <Flex direction="column" alignItems="flex-start">
            <Typography textColor="neutral800">
              {formatMessage(t('templates.sentCount'), { count: template.sent30Days })}
            </Typography>
            {last !== null && (
              <Typography variant="pi" textColor="neutral600">
                {listTime(last, serverNow(), locale)}
              </Typography>
            )}
          </Flex>
        )}
      </WideCell>
    </>
  );
};

/** One line; a press anywhere outside its controls opens it. */
export const Line = ({ entry, name, category }: { entry: Entry; name: ReactNode; category: ReactNode }) => {
  const navigate = useNavigate();
  return (
    <Tr onClick={() => navigate(pathOf(entry))} style={{ cursor: 'pointer' }}>
      <Td>{name}</Td>
      <WideCell>{category}</WideCell>
      <Td>
        <Language entry={entry} />
      </Td>
      <Td>
        <State entry={entry} />
      </Td>
      <Facts entry={entry} />
    </Tr>
  );
};
