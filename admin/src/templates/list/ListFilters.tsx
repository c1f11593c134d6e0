import { useIntl } from 'react-intl';
import type { TemplateAccount } from '../../../../server/src/templates/contract';
import { languageName } from '../../../../server/src/templates/languages';
import { CATEGORIES } from '../../../../server/src/templates/limits';
import { ChoiceFilter, FilterBar, TextFilter } from '../../settings/Filters';
import { t } from '../../translate';
import type { ListFilter } from './groups';
import { QUALITIES } from './status';

interface Props {
  values: ListFilter;
  accounts: readonly TemplateAccount[];
  /** Languages that occur. */
  languages: readonly string[];
  active: boolean;
  onChange(name: keyof ListFilter, value: string): void;
  onReset(): void;
}

/** Search and choices; those with a single answer are left out. */
export const ListFilters = ({ values, accounts, languages, active, onChange, onReset }: Props) => {
  const { formatMessage, locale } = useIntl();
  const word = (id: Parameters<typeof t>[0]) => formatMessage(t(id));
  const numbers = accounts.flatMap(({ integrations }) => integrations);
  const choice = (name: keyof ListFilter, label: string, options: { value: string; label: string }[]) => (
    <ChoiceFilter
      label={label}
      all={word('templates.filter.all')}
      value={values[name]}
      options={options}
      onChange={(value) => onChange(name, value)}
    />
  );
  return (
    <FilterBar active={active} onReset={onReset}>
      <TextFilter
        label={word('templates.filter.search')}
        value={values.q}
        onChange={(value) => onChange('q', value)}
      />
      {choice(
        'category',
        word('templates.category'),
        CATEGORIES.map((value) => ({ value, label: word(`templates.category.${value}`) })),
      )}
      {languages.length > 1 &&
        choice(
          'language',
          word('templates.language'),
          languages.map((value) => ({ value, label: `${languageName(value, locale)} (${value})` })),
        )}
      {choice(
        'quality',
        word('templates.quality'),
        QUALITIES.map((value) => ({ value, label: word(`templates.quality.${value}`) })),
      )}
      {accounts.length > 1 &&
        choice(
          'account',
          word('templates.account'),
          accounts.map(({ businessAccountId }) => ({ value: businessAccountId, label: businessAccountId })),
        )}
      {numbers.length > 1 &&
        choice(
          'number',
          word('templates.number'),
          numbers.map(({ id, name }) => ({ value: id, label: name })),
        )}
    </FilterBar>
  );
};
