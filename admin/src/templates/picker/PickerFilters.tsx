import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { forwardRef } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { CATEGORIES } from '../../../../server/src/templates/limits';
import { languageName } from '../../../../server/src/templates/languages';
import { t } from '../../translate';
import { PlainInput } from '../form/PlainInput';
import type { PickQuery } from './pick-list';
import { Star, StarOff } from './Star';
import { categoryWord } from './words';

const Bar = styled.div`
  display: grid;
  flex: none;
  gap: 8px;
  padding: 12px 12px 8px;
`;
const Line = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
  gap: 8px;
`;
const Toggle = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 32px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral600};
  cursor: pointer;
  &[aria-pressed='true'] {
    border-color: ${({ theme }) => theme.colors.primary600};
    color: ${({ theme }) => theme.colors.primary600};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

/** The design system's select takes no empty value. */
const ALL = 'all';

interface Props {
  query: PickQuery;
  languages: string[];
  onChange(change: Partial<PickQuery>): void;
  /** Enter in the search. */
  onFirst(): void;
}

/** Search and filters above the list. */
export const PickerFilters = forwardRef<HTMLInputElement, Props>(
  ({ query, languages, onChange, onFirst }, ref) => {
    const { formatMessage, locale } = useIntl();
    const search = formatMessage(t('picker.search'));
    return (
      <Bar>
        <PlainInput
          ref={ref}
          autoFocus
          data-search
          value={query.q}
          placeholder={search}
          aria-label={search}
          onChange={(event) => onChange({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onFirst();
          }}
        />
        <Line>
          <SingleSelect
            size="S"
            aria-label={formatMessage(t('picker.category'))}
            value={query.category || ALL}
            onChange={(value) => onChange({ category: value === ALL ? '' : String(value) })}
          >
            <SingleSelectOption value={ALL}>{formatMessage(t('picker.allCategories'))}</SingleSelectOption>
            {CATEGORIES.map((category) => (
              <SingleSelectOption key={category} value={category}>
                {categoryWord(category, formatMessage)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <SingleSelect
            size="S"
            aria-label={formatMessage(t('picker.language'))}
            value={query.language || ALL}
            onChange={(value) => onChange({ language: value === ALL ? '' : String(value) })}
          >
            <SingleSelectOption value={ALL}>{formatMessage(t('picker.anyLanguage'))}</SingleSelectOption>
            {languages.map((code) => (
              <SingleSelectOption key={code} value={code}>
                {languageName(code, locale)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Toggle
            type="button"
            aria-pressed={query.favourites}
            aria-label={formatMessage(t('picker.onlyFavourites'))}
            title={formatMessage(t('picker.onlyFavourites'))}
            onClick={() => onChange({ favourites: !query.favourites })}
          >
            {query.favourites ? <Star /> : <StarOff />}
          </Toggle>
        </Line>
      </Bar>
    );
  },
);
PickerFilters.displayName = 'PickerFilters';
