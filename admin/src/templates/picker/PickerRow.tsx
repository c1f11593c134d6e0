import { Badge } from '@strapi/design-system';
import { Star, StarOff } from './Star';
import { memo } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { languageName } from '../../../../server/src/templates/languages';
import { componentOf } from '../../../../server/src/templates/model';
import { plainStart } from '../../messages/markup/plain';
import { t } from '../../translate';
import type { PickGroup } from './pick-list';
import { becauseWords, categoryWord, reasonWords } from './words';

const Row = styled.li`
  display: flex;
  align-items: stretch;
  border-radius: ${({ theme }) => theme.borderRadius};
  &[data-active] {
    background: ${({ theme }) => theme.colors.primary100};
  }
`;
const Face = styled.button`
  display: grid;
  flex: 1;
  gap: 2px;
  min-width: 0;
  padding: 8px 0 8px 12px;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: none;
  color: ${({ theme }) => theme.colors.neutral800};
  font: inherit;
  font-size: 1.4rem;
  text-align: start;
  cursor: pointer;
  &[aria-disabled='true'] {
    cursor: default;
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
const Head = styled.span`
  display: flex;
  align-items: center;
  gap: 8px;
  min-width: 0;
  > bdi {
    flex: 1;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
const Snippet = styled.span`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;
const Under = styled.span`
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  overflow-wrap: anywhere;
  [data-active] & {
    color: ${({ theme }) => theme.colors.neutral700};
  }
  &[data-reason] {
    color: ${({ theme }) => theme.colors.neutral800};
    font-weight: 600;
  }
`;
const Favourite = styled.button`
  flex: none;
  width: 36px;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: none;
  color: ${({ theme }) => theme.colors.neutral600};
  cursor: pointer;
  &[aria-pressed='true'] {
    color: ${({ theme }) => theme.colors.primary600};
  }
  &:hover {
    color: ${({ theme }) => theme.colors.primary700};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

interface Props {
  group: PickGroup;
  contactName: string;
  active: boolean;
  onPick(group: PickGroup): void;
  onLook(group: PickGroup): void;
  onFavourite(group: PickGroup): void;
}

/** One template to pick: what it says, what it costs by, in which language, and why not. */
export const PickerRow = memo(({ group, contactName, active, onPick, onLook, onFavourite }: Props) => {
  const { formatMessage, locale } = useIntl();
  const { template, languages, because, favourite } = group;
  const reason = reasonWords(template, contactName, formatMessage);
  const more = languages.length - 1;
  const language = languageName(template.language, locale);
  return (
    <Row data-active={active || undefined} onMouseEnter={() => onLook(group)}>
      <Face
        type="button"
        data-row
        aria-disabled={reason !== null}
        onFocus={() => onLook(group)}
        onClick={() => reason === null && onPick(group)}
      >
        <Head>
          <bdi>{group.name}</bdi>
          <Badge>{categoryWord(template.category, formatMessage)}</Badge>
        </Head>
        <Snippet dir="auto">{plainStart(componentOf(template.components, 'BODY')?.text ?? '')}</Snippet>
        {reason && <Under data-reason>{reason}</Under>}
        <Under>
          {more > 0
            ? formatMessage(t('picker.languageOf'), {
                language,
                because: becauseWords(because, formatMessage),
                count: more,
              })
            : language}
        </Under>
      </Face>
      <Favourite
        type="button"
        data-star
        aria-pressed={favourite}
        aria-label={formatMessage(t('picker.favourite'), { name: group.name })}
        title={formatMessage(t(favourite ? 'picker.unstar' : 'picker.star'))}
        onClick={() => onFavourite(group)}
      >
        {favourite ? <Star /> : <StarOff />}
      </Favourite>
    </Row>
  );
});
PickerRow.displayName = 'PickerRow';
