import { Badge, Flex, IconButton, Td, Tr, Typography } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import { languageName } from '../../../../server/src/templates/languages';
import { CATEGORIES } from '../../../../server/src/templates/limits';
import { componentOf } from '../../../../server/src/templates/model';
import { listTime } from '../../design/time';
import { plainStart } from '../../messages/markup/plain';
import { serverNow } from '../../realtime/clock';
import { t } from '../../translate';
import { draftPath, templatePath } from '../paths';
import { factsOf, type Entry, type Group } from './groups';
import { QualityText } from './QualityText';
import { DraftBadge, StatusBadge } from './StatusBadge';

/** Left out where there is no room: the detail page tells them. */
const WideCell = styled(Td)`
  @media (max-width: 767px) {
    && {
      display: none;
    }
  }
`;
const NameLink = styled(Link)`
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  font-weight: 600;
  text-decoration: none;
  overflow-wrap: anywhere;
  &:hover {
    text-decoration: underline;
  }
`;
const Snippet = styled.div`
  max-width: min(26rem, 60vw);
  overflow: hidden;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

const pathOf = (entry: Entry): string =>
  entry.kind === 'draft' ? draftPath(entry.id) : templatePath(entry.id);

export const useCategoryName = () => {
  const { formatMessage } = useIntl();
  return (category: string): string => {
    const known = CATEGORIES.find((one) => one === category);
    return known ? formatMessage(t(`templates.category.${known}`)) : category;
  };
};

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
const Line = ({ entry, name, category }: { entry: Entry; name: ReactNode; category: ReactNode }) => {
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

interface Props {
  group: Group;
  /** Several business accounts are listed: tell which one. */
  withAccount: boolean;
}

/** A name with its only language in one line, or with its languages below it. */
export const GroupRow = ({ group, withAccount }: Props) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const categoryName = useCategoryName();
  const { entries } = group;
  const first = entries[0]!;
  const title = group.name || formatMessage(t('templates.nameless'));
  const snippet = plainStart(componentOf(factsOf(first).components, 'BODY')?.text ?? '');
  const below = (
    <>
      {withAccount && (
        <Typography tag="div" variant="pi" textColor="neutral600">
          <bdi dir="ltr">{group.businessAccountId}</bdi>
        </Typography>
      )}
      {snippet && <Snippet dir="auto">{snippet}</Snippet>}
    </>
  );
  const categories = [...new Set(entries.map((entry) => categoryName(factsOf(entry).category)))].join(', ');
  if (entries.length === 1) {
    return (
      <Line
        entry={first}
        category={<Typography textColor="neutral800">{categories}</Typography>}
        name={
          <div>
            <NameLink to={pathOf(first)} onClick={(event) => event.stopPropagation()}>
              {title}
            </NameLink>
            {below}
          </div>
        }
      />
    );
  }
  const states = [...new Set(entries.map(({ chip }) => chip))];
  return (
    <>
      <Tr onClick={() => setOpen(!open)} style={{ cursor: 'pointer' }}>
        <Td>
          <Flex gap={2}>
            <IconButton
              variant="ghost"
              size="S"
              aria-expanded={open}
              label={formatMessage(t(open ? 'templates.collapse' : 'templates.expand'), { name: title })}
              onClick={(event: { stopPropagation(): void }) => {
                event.stopPropagation();
                setOpen(!open);
              }}
            >
              {open ? <CaretUp /> : <CaretDown />}
            </IconButton>
            <div style={{ minWidth: 0 }}>
              <Typography fontWeight="semiBold" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Typography>
              {below}
            </div>
          </Flex>
        </Td>
        <WideCell>
          <Typography textColor="neutral800">{categories}</Typography>
        </WideCell>
        <Td>
          <Badge>{formatMessage(t('templates.languages'), { count: entries.length })}</Badge>
        </Td>
        <Td>
          <Typography textColor="neutral800">
            {states
              .map((chip) =>
                formatMessage(t('templates.chip.count'), {
                  state: formatMessage(t(`templates.chip.${chip}`)),
                  count: entries.filter((entry) => entry.chip === chip).length,
                }),
              )
              .join(' · ')}
          </Typography>
        </Td>
        <WideCell />
        <WideCell />
      </Tr>
      {open &&
        entries.map((entry) => (
          <Line
            key={`${entry.kind}-${entry.id}`}
            entry={entry}
            category={<Typography textColor="neutral800">{categoryName(factsOf(entry).category)}</Typography>}
            name={
              <div style={{ paddingInlineStart: 40 }}>
                <NameLink to={pathOf(entry)} onClick={(event) => event.stopPropagation()}>
                  {formatMessage(t('templates.openLanguage'), {
                    name: title,
                    language: factsOf(entry).language,
                  })}
                </NameLink>
              </div>
            }
          />
        ))}
    </>
  );
};
