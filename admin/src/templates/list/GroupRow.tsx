import { Badge, Flex, IconButton, Td, Tr, Typography } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { componentOf } from '../../../../server/src/templates/model';
import { plainStart } from '../../messages/markup/plain';
import { t } from '../../translate';
import { factsOf, type Group } from './groups';
import { Line, NameLink, pathOf, WideCell } from './Line';
import { useCategoryName } from './use-category-name';

const Snippet = styled.div`
  max-width: min(26rem, 60vw);
  overflow: hidden;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

const Name = styled.div`
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  font-weight: 600;
  overflow-wrap: anywhere;
`;

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
              <Name>{title}</Name>
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
