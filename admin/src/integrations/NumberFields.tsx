import { Field, Grid, SingleSelect, SingleSelectOption, Toggle } from '@strapi/design-system';
import { Lock } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import type { Integration, ReadReceipts } from '../../../server/src/integrations/contract';
import { Card } from '../design/Card';
import { t, type TranslationId } from '../translate';
import { toE164, type NumberErrors, type NumberValues } from './numbers-form';

type TextName = {
  [Name in keyof NumberValues]: NumberValues[Name] extends string ? Name : never;
}[keyof NumberValues] &
  Exclude<keyof NumberValues, 'readReceipts'>;

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
  /** The person is done with a field: from now on it may be told what is wrong with it. */
  onLeave(name: keyof NumberValues): void;
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

export const isLocked = (existing: Integration | null, name: string): boolean =>
  existing?.envLocked?.includes(name) ?? false;

const TextField = (props: Props & { spec: FieldSpec }) => {
  const { spec, values, errors, existing, disabled, onChange, onLeave } = props;
  const { formatMessage } = useIntl();
  const { name, secret } = spec;
  const locked = isLocked(existing, name);
  const error = errors[name];
  const { kept, last4 } = keptSecret(name, existing);
  const placeholder = secret && kept ? (last4 ? `•••••••• ${last4}` : '••••••••') : spec.placeholder;
  return (
    <Field.Root
      name={name}
      required={spec.required && !(secret && kept) && !locked}
      error={error && (error.startsWith('form.') ? formatMessage(t(error as TranslationId)) : error)}
      hint={formatMessage(t(locked ? 'form.envLocked' : secret && kept ? 'form.secretKept' : spec.hint))}
    >
      <Field.Label>{formatMessage(t(spec.label))}</Field.Label>
      <Field.Input
        type={secret ? 'password' : 'text'}
        autoComplete={secret ? 'new-password' : 'off'}
        dir={name === 'name' ? 'auto' : 'ltr'}
        disabled={disabled || locked}
        startAction={locked ? <Lock width={16} height={16} aria-hidden /> : undefined}
        placeholder={placeholder}
        value={values[name]}
        onChange={(event) => onChange(name, event.target.value)}
        onBlur={() => {
          if (name === 'phoneNumber') onChange(name, toE164(values[name]));
          onLeave(name);
        }}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};

const Cell = ({ children }: { children: ReactNode }) => (
  <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
    {children}
  </Grid.Item>
);

interface SwitchProps {
  name: 'active' | 'typingIndicator' | 'copyMediaToLibrary';
  label: TranslationId;
  hint: TranslationId;
}

const SwitchField = ({ name, label, hint, ...props }: Props & SwitchProps) => {
  const { formatMessage } = useIntl();
  const locked = isLocked(props.existing, name);
  return (
    <Field.Root name={name} hint={formatMessage(t(locked ? 'form.envLocked' : hint))}>
      <Field.Label>{formatMessage(t(label))}</Field.Label>
      <Toggle
        checked={props.values[name]}
        disabled={props.disabled || locked}
        onLabel={formatMessage(t('numbers.on'))}
        offLabel={formatMessage(t('numbers.off'))}
        onChange={(event) => props.onChange(name, event.target.checked)}
      />
      <Field.Hint />
    </Field.Root>
  );
};

const RECEIPTS = ['on_open', 'on_reply', 'never'] as const satisfies readonly ReadReceipts[];

const ReceiptsField = ({ values, existing, disabled, onChange }: Props) => {
  const { formatMessage } = useIntl();
  return (
    <Field.Root name="readReceipts" hint={formatMessage(t('form.readReceipts.hint'))}>
      <Field.Label>{formatMessage(t('form.readReceipts'))}</Field.Label>
      <SingleSelect
        value={values.readReceipts}
        disabled={disabled || isLocked(existing, 'readReceipts')}
        onChange={(value) => onChange('readReceipts', String(value))}
      >
        {RECEIPTS.map((value) => (
          <SingleSelectOption key={value} value={value}>
            {formatMessage(t(`form.readReceipts.${value}`))}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
};

/** The fields of a number, each with where Meta's pages show its value. */
export const NumberFields = (props: Props) => {
  const { formatMessage } = useIntl();
  return (
    <>
      {SECTIONS.map(({ title, text, fields }, index) => (
        <Card key={title} title={formatMessage(t(title))} text={formatMessage(t(text))}>
          <Grid.Root gap={5}>
            {fields.map((spec) => (
              <Cell key={spec.name}>
                <TextField {...props} spec={spec} />
              </Cell>
            ))}
            {index === 0 && (
              <Cell>
                <SwitchField {...props} name="active" label="form.active" hint="form.active.hint" />
              </Cell>
            )}
          </Grid.Root>
        </Card>
      ))}
      <Card
        title={formatMessage(t('form.section.behaviour'))}
        text={formatMessage(t('form.section.behaviour.text'))}
      >
        <Grid.Root gap={5}>
          <Cell>
            <ReceiptsField {...props} />
          </Cell>
          <Cell>
            <SwitchField {...props} name="typingIndicator" label="form.typing" hint="form.typing.hint" />
          </Cell>
          <Cell>
            <SwitchField {...props} name="copyMediaToLibrary" label="form.library" hint="form.library.hint" />
          </Cell>
        </Grid.Root>
      </Card>
    </>
  );
};
