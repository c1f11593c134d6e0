import { useIntl } from 'react-intl';
import { CATEGORIES } from '../../../../server/src/templates/limits';
import { t } from '../../translate';

/** A category in the viewer's language; in Meta's word where it is new to us. */
export const useCategoryName = () => {
  const { formatMessage } = useIntl();
  return (category: string): string => {
    const known = CATEGORIES.find((one) => one === category);
    return known ? formatMessage(t(`templates.category.${known}`)) : category;
  };
};
