import { Th, Thead, Tr, Typography, VisuallyHidden } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { t, type TranslationId } from '../translate';

/** The heads of a table, as Strapi writes them; `last` names a column of buttons for assistive technology only. */
export const HeadRow = ({ columns, last }: { columns: readonly TranslationId[]; last?: TranslationId }) => {
  const { formatMessage } = useIntl();
  return (
    <Thead>
      <Tr>
        {columns.map((id) => (
          <Th key={id}>
            <Typography variant="sigma" textColor="neutral600">
              {formatMessage(t(id))}
            </Typography>
          </Th>
        ))}
        {last && (
          <Th>
            <VisuallyHidden>{formatMessage(t(last))}</VisuallyHidden>
          </Th>
        )}
      </Tr>
    </Thead>
  );
};
