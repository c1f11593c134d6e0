import { Box, Field, Flex, IconButton } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../translate';
import { useCopy } from './use-copy';

interface Props {
  label: string;
  value: string;
  hint?: string;
  /** Further buttons beside the copy button. */
  children?: ReactNode;
}

/** A value that belongs somewhere else: read-only, selected on focus, copied by a press. */
export const CopyField = ({ label, value, hint, children }: Props) => {
  const { formatMessage } = useIntl();
  const copy = useCopy();
  return (
    <Field.Root hint={hint}>
      <Field.Label>{label}</Field.Label>
      <Flex gap={2} alignItems="stretch">
        <Box flex="1" minWidth={0}>
          <Field.Input readOnly value={value} dir="ltr" onFocus={(event) => event.currentTarget.select()} />
        </Box>
        <IconButton
          size="L"
          variant="tertiary"
          label={formatMessage(t('common.copyThis'), { label })}
          onClick={() => void copy(value)}
        >
          <Duplicate />
        </IconButton>
        {children}
      </Flex>
      <Field.Hint />
    </Field.Root>
  );
};
