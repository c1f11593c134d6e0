import { Field, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { typeOf, type TemplateButton } from '../../../../server/src/templates/model';
import { variablesOf } from '../../../../server/src/templates/variables';
import { t } from '../../translate';
import { useFieldError } from './builder-context';
import { FIXED_LABELS, KINDS } from './buttons';
import { CountedField } from './CountedField';
import { FieldAt } from './FieldAt';

interface Props {
  button: TemplateButton;
  path: string;
  /** Label in the language that is translated from. */
  source?: string;
  onChange(button: TemplateButton): void;
}

const exampleOf = ({ example }: TemplateButton): string =>
  (Array.isArray(example) ? example[0] : example) ?? '';

const SampleField = ({ button, path, onChange, code }: Props & { code: boolean }) => {
  const { formatMessage } = useIntl();
  const error = useFieldError(path);
  return (
    <FieldAt path={path}>
      <Field.Root name={`${path}-example`} required error={error}>
        <Field.Label>
          {formatMessage(t(code ? 'templates.button.codeSample' : 'templates.button.urlSample'))}
        </Field.Label>
        <Field.Input
          dir="ltr"
          value={exampleOf(button)}
          maxLength={code ? LIMITS.couponCode : LIMITS.url}
          onChange={(event) =>
            onChange({ ...button, example: code ? event.target.value : [event.target.value] })
          }
        />
        <Field.Error />
      </Field.Root>
    </FieldAt>
  );
};

const UrlFields = (props: Props) => {
  const { button, path, onChange } = props;
  const { formatMessage } = useIntl();
  const write = (url: string) => {
    const { example, ...rest } = button;
    // An example without a variable is refused.
    onChange(
      variablesOf(url).length > 0 ? { ...rest, url, ...(example ? { example } : {}) } : { ...rest, url },
    );
  };
  return (
    <>
      <CountedField
        path={`${path}.url`}
        label={formatMessage(t('templates.field.url'))}
        required
        ltr
        value={button.url ?? ''}
        max={LIMITS.url}
        hint={formatMessage(t('templates.button.url.hint'))}
        onChange={write}
      />
      {variablesOf(button.url).length > 0 && (
        <SampleField {...props} path={`${path}.url.example`} code={false} />
      )}
    </>
  );
};

const FlowFields = ({ button, path, onChange }: Props) => {
  const { formatMessage } = useIntl();
  const error = useFieldError(path);
  return (
    <FieldAt path={path}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Field.Root name={`${path}-flow`} required error={error}>
          <Field.Label>{formatMessage(t('templates.button.flow'))}</Field.Label>
          <Field.Input
            dir="ltr"
            value={button.flow_id ?? ''}
            onChange={(event) => onChange({ ...button, flow_id: event.target.value.trim() })}
          />
          <Field.Error />
        </Field.Root>
        <Field.Root name={`${path}-action`}>
          <Field.Label>{formatMessage(t('templates.button.flowAction'))}</Field.Label>
          <SingleSelect
            value={button.flow_action ?? 'navigate'}
            onChange={(value) => onChange({ ...button, flow_action: String(value) })}
          >
            <SingleSelectOption value="navigate">
              {formatMessage(t('templates.button.flowAction.navigate'))}
            </SingleSelectOption>
            <SingleSelectOption value="data_exchange">
              {formatMessage(t('templates.button.flowAction.data_exchange'))}
            </SingleSelectOption>
          </SingleSelect>
        </Field.Root>
        {(button.flow_action ?? 'navigate') === 'navigate' && (
          <Field.Root name={`${path}-screen`} hint={formatMessage(t('templates.button.flowScreen.hint'))}>
            <Field.Label>{formatMessage(t('templates.button.flowScreen'))}</Field.Label>
            <Field.Input
              dir="ltr"
              value={button.navigate_screen ?? ''}
              onChange={(event) => onChange({ ...button, navigate_screen: event.target.value.trim() })}
            />
            <Field.Hint />
          </Field.Root>
        )}
      </Flex>
    </FieldAt>
  );
};

/** The fields of one button, by its kind; a kind without fields of its own keeps what it has. */
export const ButtonFields = (props: Props) => {
  const { button, path, source, onChange } = props;
  const { formatMessage } = useIntl();
  const type = typeOf(button);
  const known = KINDS.some((kind) => kind === type);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {!FIXED_LABELS.has(type) && (
        <CountedField
          path={`${path}.text`}
          label={formatMessage(t('templates.field.label'))}
          required
          value={button.text ?? ''}
          max={LIMITS.buttonLabel}
          source={source}
          onChange={(text) => onChange({ ...button, text })}
        />
      )}
      {type === 'URL' && <UrlFields {...props} />}
      {type === 'PHONE_NUMBER' && (
        <CountedField
          path={`${path}.phone_number`}
          label={formatMessage(t('templates.field.phone'))}
          required
          ltr
          value={button.phone_number ?? ''}
          max={LIMITS.phoneNumber}
          placeholder="+14155550123"
          onChange={(text) => onChange({ ...button, phone_number: text.replace(/[\s().-]/g, '') })}
        />
      )}
      {type === 'COPY_CODE' && <SampleField {...props} code />}
      {type === 'FLOW' && <FlowFields {...props} />}
      {(type === 'CATALOG' || type === 'MPM') && (
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(t(`templates.button.${type}.hint`))}
        </Typography>
      )}
      {!known && (
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(t('templates.button.foreign'), { type })}
        </Typography>
      )}
    </Flex>
  );
};
