import {
  Button,
  Checkbox,
  Field,
  Flex,
  IconButton,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { buttonsOf, componentOf, type TemplateButton } from '../../../../server/src/templates/model';
import { t } from '../../translate';
import { useBuilder, useFieldError } from './builder-context';
import { withButtons } from './buttons';
import { drop, put } from './components';
import { FieldAt } from './FieldAt';

const OTP_TYPES = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'] as const;

interface App {
  package_name: string;
  signature_hash: string;
}

const appsOf = (button: TemplateButton): App[] =>
  (Array.isArray(button.supported_apps) ? button.supported_apps : []) as App[];

/** The Android apps that a code may be handed to (Meta, one-tap authentication templates). */
const Apps = ({ button, onChange }: { button: TemplateButton; onChange(button: TemplateButton): void }) => {
  const { formatMessage } = useIntl();
  const apps = appsOf(button);
  const write = (next: App[]) => onChange({ ...button, supported_apps: next });
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {apps.map((app, index) => (
        <Flex key={index} gap={2} alignItems="flex-end" wrap="wrap">
          {(['package_name', 'signature_hash'] as const).map((name) => (
            <div key={name} style={{ flex: '1 1 16rem' }}>
              <Field.Root name={`${name}-${index}`} required>
                <Field.Label>{formatMessage(t(`templates.auth.${name}`))}</Field.Label>
                <Field.Input
                  dir="ltr"
                  value={app[name]}
                  onChange={(event) =>
                    write(
                      apps.map((one, at) =>
                        at === index ? { ...one, [name]: event.target.value.trim() } : one,
                      ),
                    )
                  }
                />
              </Field.Root>
            </div>
          ))}
          <IconButton
            type="button"
            variant="ghost"
            label={formatMessage(t('templates.auth.removeApp'), { number: index + 1 })}
            onClick={() => write(apps.filter((_, at) => at !== index))}
          >
            <Trash />
          </IconButton>
        </Flex>
      ))}
      {apps.length < 5 && (
        <Flex>
          <Button
            type="button"
            size="S"
            variant="secondary"
            startIcon={<Plus />}
            onClick={() => write([...apps, { package_name: '', signature_hash: '' }])}
          >
            {formatMessage(t('templates.auth.addApp'))}
          </Button>
        </Flex>
      )}
    </Flex>
  );
};

/** An authentication template: Meta writes its words, so there are only choices to make. */
export const AuthFields = () => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const error = useFieldError('footer');
  const { components } = draft;
  const body = componentOf(components, 'BODY') ?? { type: 'BODY' };
  const minutes = componentOf(components, 'FOOTER')?.code_expiration_minutes;
  const button = buttonsOf(components)[0] ?? { type: 'OTP', otp_type: 'COPY_CODE' };
  const kind = OTP_TYPES.find((one) => one === String(button.otp_type).toUpperCase()) ?? 'COPY_CODE';
  const setButton = (next: TemplateButton) => change({ components: withButtons(components, [next]) });
  const { least, most } = LIMITS.codeExpiryMinutes;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      {componentOf(components, 'HEADER') && (
        <FieldAt path="header">
          <Button
            type="button"
            size="S"
            variant="danger-light"
            startIcon={<Trash />}
            onClick={() => change({ components: drop(components, 'HEADER') })}
          >
            {formatMessage(t('templates.auth.removeHeader'))}
          </Button>
        </FieldAt>
      )}
      <FieldAt path="body">
        <Checkbox
          checked={body.add_security_recommendation ?? false}
          onCheckedChange={(on: boolean | 'indeterminate') =>
            change({ components: put(components, { ...body, add_security_recommendation: on === true }) })
          }
        >
          {formatMessage(t('templates.auth.advice'))}
        </Checkbox>
      </FieldAt>
      <FieldAt path="footer">
        <Field.Root
          name="expiry"
          error={error}
          hint={formatMessage(t('templates.auth.expiry.hint'), { least, most })}
        >
          <Field.Label>{formatMessage(t('templates.auth.expiry'))}</Field.Label>
          <NumberInput
            value={minutes}
            onValueChange={(value?: number) =>
              change({
                components:
                  value === undefined || Number.isNaN(value)
                    ? drop(components, 'FOOTER')
                    : put(components, { type: 'FOOTER', code_expiration_minutes: value }),
              })
            }
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </FieldAt>
      <FieldAt path="buttons">
        <Flex direction="column" alignItems="stretch" gap={3}>
          <Field.Root name="otp" hint={formatMessage(t(`templates.auth.${kind}.hint`))}>
            <Field.Label>{formatMessage(t('templates.auth.button'))}</Field.Label>
            <SingleSelect
              value={kind}
              onChange={(value) => {
                const { supported_apps: apps, ...rest } = button;
                const next = { ...rest, type: 'OTP', otp_type: String(value) };
                setButton(value === 'COPY_CODE' ? next : { ...next, supported_apps: apps ?? [] });
              }}
            >
              {OTP_TYPES.map((one) => (
                <SingleSelectOption key={one} value={one}>
                  {formatMessage(t(`templates.auth.${one}`))}
                </SingleSelectOption>
              ))}
            </SingleSelect>
            <Field.Hint />
          </Field.Root>
          {kind !== 'COPY_CODE' && <Apps button={button} onChange={setButton} />}
        </Flex>
      </FieldAt>
    </Flex>
  );
};
