import { Box, Field, Flex, Grid, Toggle, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Integration } from '../../../server/src/integrations/contract';
import { t, type TranslationId } from '../translate';
import { toE164, type NumberErrors, type NumberValues } from './numbers-form';

type TextName = Exclude<keyof NumberValues, 'active'>;

interface FieldSpec {
  name: TextName;
  label: TranslationId;
  hint: TranslationId;
  secret?: boolean;
  required?: boolean;
  placeholder?: string;
}

const SECTIONS: { title: TranslationId; text: TranslationId; fields: FieldSpec[] }[] = [
  {
    title: 'form.section.number',
    text: 'form.section.number.text',
    fields: [
      { name: 'name', label: 'form.name', hint: 'form.name.hint', required: true },
      {
        name: 'phoneNumber',
        label: 'form.phoneNumber',
        hint: 'form.phoneNumber.hint',
        required: true,
        placeholder: '+14155550123',
      },
      { name: 'phoneNumberId', label: 'form.phoneNumberId', hint: 'form.phoneNumberId.hint', required: true },
      {
        name: 'businessAccountId',
        label: 'form.businessAccountId',
        hint: 'form.businessAccountId.hint',
        required: true,
      },
    ],
  },
  {
    title: 'form.section.secrets',
    text: 'form.section.secrets.text',
    fields: [
      {
        name: 'accessToken',
        label: 'form.accessToken',
        hint: 'form.accessToken.hint',
        secret: true,
        required: true,
      },
      {
        name: 'appSecret',
        label: 'form.appSecret',
        hint: 'form.appSecret.hint',
        secret: true,
        required: true,
      },
    ],
  },
  {
    title: 'form.section.advanced',
    text: 'form.section.advanced.text',
    fields: [
      { name: 'verifyToken', label: 'form.verifyToken', hint: 'form.verifyToken.hint', secret: true },
      {
        name: 'endpointUrl',
        label: 'form.endpointUrl',
        hint: 'form.endpointUrl.hint',
        placeholder: 'https://graph.facebook.com',
      },
      { name: 'apiVersion', label: 'form.apiVersion', hint: 'form.apiVersion.hint', placeholder: 'v25.0' },
    ],
  },
];

interface Props {
  values: NumberValues;
  errors: NumberErrors;
  existing: Integration | null;
  disabled: boolean;
  onChange(name: keyof NumberValues, value: string | boolean): void;
}

/** What stands in a secret's empty field: that one is kept, and its end where the server tells it. */
const keptSecret = (
  name: TextName,
  existing: Integration | null,
): { kept: boolean; last4: string | null } => {
  if (!existing) return { kept: false, last4: null };
  if (name === 'accessToken')
    return { kept: existing.accessTokenLast4 !== null, last4: existing.accessTokenLast4 };
  return { kept: name === 'verifyToken' || existing.hasAppSecret, last4: null };
};

const TextField = ({ spec, values, errors, existing, disabled, onChange }: Props & { spec: FieldSpec }) => {
  const { formatMessage } = useIntl();
  const { name, secret } = spec;
  const error = errors[name];
  const { kept, last4 } = keptSecret(name, existing);
  const placeholder = secret && kept ? (last4 ? `•••••••• ${last4}` : '••••••••') : spec.placeholder;
  return (
    <Field.Root
      name={name}
      required={spec.required && !(secret && kept)}
      error={error && (error.startsWith('form.') ? formatMessage(t(error as TranslationId)) : error)}
      hint={formatMessage(t(secret && kept ? 'form.secretKept' : spec.hint))}
    >
      <Field.Label>{formatMessage(t(spec.label))}</Field.Label>
      <Field.Input
        type={secret ? 'password' : 'text'}
        autoComplete={secret ? 'new-password' : 'off'}
        dir={name === 'name' ? 'auto' : 'ltr'}
        disabled={disabled}
        placeholder={placeholder}
        value={values[name]}
        onChange={(event) => onChange(name, event.target.value)}
        onBlur={name === 'phoneNumber' ? () => onChange(name, toE164(values[name])) : undefined}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};

/** The fields of a number, each with where Meta's pages show its value. */
export const NumberFields = (props: Props) => {
  const { formatMessage } = useIntl();
  const { values, disabled, onChange } = props;
  return (
    <>
      {SECTIONS.map(({ title, text, fields }, index) => (
        <Box key={title} background="neutral0" hasRadius shadow="filterShadow" padding={6} tag="section">
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Flex direction="column" alignItems="flex-start" gap={1}>
              <Typography variant="delta" tag="h2">
                {formatMessage(t(title))}
              </Typography>
              <Typography textColor="neutral600">{formatMessage(t(text))}</Typography>
            </Flex>
            <Grid.Root gap={5}>
              {fields.map((spec) => (
                <Grid.Item key={spec.name} col={6} s={12} xs={12} direction="column" alignItems="stretch">
                  <TextField {...props} spec={spec} />
                </Grid.Item>
              ))}
              {index === 0 && (
                <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
                  <Field.Root name="active" hint={formatMessage(t('form.active.hint'))}>
                    <Field.Label>{formatMessage(t('form.active'))}</Field.Label>
                    <Toggle
                      checked={values.active}
                      disabled={disabled}
                      onLabel={formatMessage(t('numbers.on'))}
                      offLabel={formatMessage(t('numbers.off'))}
                      onChange={(event) => onChange('active', event.target.checked)}
                    />
                    <Field.Hint />
                  </Field.Root>
                </Grid.Item>
              )}
            </Grid.Root>
          </Flex>
        </Box>
      ))}
    </>
  );
};
