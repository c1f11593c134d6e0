import { Field, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type {
  BindableField,
  BindableType,
  TemplateBinding,
  ValueSource,
} from '../../../../server/src/template-use/contract';
import { bindingKey, type TemplateParameter } from '../../../../server/src/templates/parameters';
import { t } from '../../translate';
import { isMedia } from '../form/fields';
import { ChosenValue } from '../form/ChosenValue';
import { FieldMenu } from '../form/FieldMenu';
import { sourceWords } from '../form/names';
import { PlainInput } from '../form/PlainInput';
import { overSaved } from '../form/use-template-form';
import { formatName, formatsFor, isCurrency, toFormat, type FormatName } from './formats';

const fieldOf = (source: ValueSource, types: readonly BindableType[]): BindableField | null => {
  if (source.from === 'text') return null;
  const uid = source.from === 'contact' ? 'contact' : source.from === 'entry' ? source.contentType : null;
  const among =
    uid === null ? types.filter((type) => type.uid !== 'contact') : types.filter((type) => type.uid === uid);
  return among.flatMap(({ fields }) => fields).find(({ path }) => path === source.path) ?? null;
};

interface Props {
  parameter: TemplateParameter;
  /** What it is called here, unlike any other one. */
  label: string;
  binding: TemplateBinding | null;
  types: readonly BindableType[];
  onChange(key: string, binding: TemplateBinding | null): void;
}

/** How one parameter gets its value: a fixed text, a field, how it is written, and what stands in when it is empty. */
export const BindingRow = ({ parameter, label, binding, types, onChange }: Props) => {
  const { formatMessage } = useIntl();
  const key = bindingKey(parameter);
  const media = isMedia(parameter);
  const source = binding?.source ?? null;
  const put = (change: Partial<TemplateBinding>) =>
    onChange(key, { parameter: key, source: source ?? { from: 'text', text: '' }, ...binding, ...change });
  const text = source?.from === 'text' ? source.text : '';
  const words = sourceWords(source, types, formatMessage);
  const formats = source ? formatsFor(fieldOf(source, types)?.type ?? 'text') : [];
  const format = formatName(binding?.format);
  const currency = binding?.format?.as === 'currency' ? binding.format.currency : null;
  return (
    <Flex tag="section" direction="column" alignItems="stretch" gap={2} aria-label={label}>
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <Typography variant="pi" fontWeight="bold" textColor="neutral800">
          <bdi>{label}</bdi>
        </Typography>
        {types.length > 0 && (
          <FieldMenu
            types={types}
            wants={media ? 'media' : 'text'}
            of={label}
            onChoose={(chosen) =>
              onChange(
                key,
                overSaved(source?.from === 'text' ? undefined : (binding ?? undefined), {
                  parameter: key,
                  source: chosen,
                }),
              )
            }
          />
        )}
      </Flex>
      {words ? (
        <ChosenValue
          words={words}
          takeAway={formatMessage(t('bindings.unbind'), { name: label })}
          onTakeAway={() => onChange(key, null)}
        />
      ) : (
        !media && (
          <PlainInput
            dir="auto"
            value={text}
            aria-label={label}
            placeholder={formatMessage(t('bindings.byHand'))}
            onChange={({ target }) =>
              onChange(
                key,
                target.value === '' ? null : { parameter: key, source: { from: 'text', text: target.value } },
              )
            }
          />
        )
      )}
      {media && !words && (
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(t('bindings.byHand'))}
        </Typography>
      )}
      {source?.from === 'entry' || source?.from === 'linked' ? (
        <SingleSelect
          size="S"
          aria-label={formatMessage(t('bindings.whichEntry'), { name: label })}
          value={source.from}
          onChange={(value) => {
            const type = types.find(
              ({ uid, fields }) => uid !== 'contact' && fields.some(({ path }) => path === source.path),
            );
            if (value === 'linked') put({ source: { from: 'linked', path: source.path } });
            else if (type) put({ source: { from: 'entry', contentType: type.uid, path: source.path } });
          }}
        >
          <SingleSelectOption value="entry">{formatMessage(t('bindings.entryChosen'))}</SingleSelectOption>
          <SingleSelectOption value="linked">{formatMessage(t('bindings.entryLinked'))}</SingleSelectOption>
        </SingleSelect>
      ) : null}
      {formats.length > 0 && (
        <Flex gap={2} alignItems="flex-start">
          <SingleSelect
            size="S"
            aria-label={formatMessage(t('bindings.format'), { name: label })}
            value={formats.includes(format) ? format : formats[0]}
            onChange={(value) => put({ format: toFormat(value as FormatName, binding?.format) })}
          >
            {formats.map((name) => (
              <SingleSelectOption key={name} value={name}>
                {formatMessage(t(`bindings.format.${name}`))}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          {currency !== null && (
            <PlainInput
              style={{ width: 80 }}
              value={currency}
              maxLength={3}
              aria-label={formatMessage(t('bindings.currency'))}
              aria-invalid={!isCurrency(currency)}
              onChange={({ target }) =>
                put({ format: { as: 'currency', currency: target.value.toUpperCase() } })
              }
            />
          )}
        </Flex>
      )}
      {words && !media && (
        <Field.Root name={`${key}-fallback`}>
          <PlainInput
            dir="auto"
            value={binding?.fallback ?? ''}
            aria-label={formatMessage(t('bindings.fallbackFor'), { name: label })}
            placeholder={formatMessage(t('bindings.fallback'))}
            onChange={({ target }) => put({ fallback: target.value === '' ? undefined : target.value })}
          />
        </Field.Root>
      )}
    </Flex>
  );
};
