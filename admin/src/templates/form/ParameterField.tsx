import { Badge, Field, Flex, Typography } from '@strapi/design-system';
import { useId, type ChangeEvent, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type {
  BindableType,
  ValueProblemKey,
  ValueSource,
} from '../../../../server/src/template-use/contract';
import type { TemplateDefinition } from '../../../../server/src/templates/model';
import { bindingKey, type TemplateParameter } from '../../../../server/src/templates/parameters';
import { t } from '../../translate';
import { EMPTY, isMedia, resolvedUrl, type FieldValue, type ProblemKind } from './fields';
import { FieldMenu } from './FieldMenu';
import { LocationField } from './LocationField';
import { MediaField } from './MediaField';
import { parameterLabel, sourceWords } from './names';
import { PlainInput } from './PlainInput';
import type { FieldSource } from './use-template-form';

/** Kinds that take lines. */
const AREAS = new Set<TemplateParameter['kind']>(['products', 'flow']);
/** Kinds that a field of content can fill. */
const BINDABLE = new Set<TemplateParameter['kind']>([
  'text',
  'urlSuffix',
  'couponCode',
  'product',
  'image',
  'video',
  'document',
]);
/** Whether a field of a contact or entry may stand for it. */
export const isBindable = ({ kind }: TemplateParameter): boolean => BINDABLE.has(kind);

/** Why a binding gave nothing, where a person can do something with it. */
const NOTES = {
  empty: 'note.empty',
  field_gone: 'note.fieldGone',
  not_readable: 'note.notReadable',
  hidden: 'note.hidden',
  not_linked: 'note.notLinked',
  entry_missing: 'note.entryMissing',
  not_a_number: 'note.wrongKind',
  not_a_date: 'note.wrongKind',
  wrong_kind: 'note.wrongKind',
  file_unusable: 'note.fileUnusable',
} as const;

const HINTS = {
  products: 'param.products.hint',
  flow: 'param.flow.hint',
  payload: 'param.payload.hint',
  catalog: 'param.catalog.hint',
} as const;

interface Props {
  definition: TemplateDefinition;
  parameter: TemplateParameter;
  value?: FieldValue;
  source?: FieldSource;
  problem?: ProblemKind;
  /** Why its binding gave nothing. */
  note?: ValueProblemKey | null;
  /** Missing values are told only once somebody tried to go on; wrong ones at once. */
  strict: boolean;
  types: readonly BindableType[];
  integrationId: string;
  onChange(key: string, value: FieldValue): void;
  /** Absent: fields of content cannot be chosen here. */
  onBind?(key: string, source: ValueSource): void;
}

/** The field of one parameter: as it is sent, where it comes from, and what is wrong with it. */
export const ParameterField = (props: Props) => {
  const { definition, parameter, value = EMPTY, source, problem, note, strict, types, integrationId } = props;
  const { onChange, onBind } = props;
  const { formatMessage } = useIntl();
  const resolvedId = useId();
  const key = bindingKey(parameter);
  const { kind } = parameter;
  const label = parameterLabel(parameter, formatMessage);
  const unfilled = problem === 'missing' || problem === 'empty';
  const error = problem && (strict || !unfilled) ? formatMessage(t(`param.problem.${problem}`)) : undefined;
  const put = (change: FieldValue) => onChange(key, change);
  const words = sourceWords(source, types, formatMessage);
  const told = note && note in NOTES ? formatMessage(t(NOTES[note as keyof typeof NOTES])) : null;
  const wants = isMedia(parameter) ? 'media' : 'text';
  const tools: ReactNode = (
    <Flex gap={2} shrink={0}>
      {words && (
        <Badge>
          <bdi>{words}</bdi>
        </Badge>
      )}
      {onBind && types.length > 0 && isBindable(parameter) && (
        <FieldMenu types={types} wants={wants} of={label} onChoose={(chosen) => onBind(key, chosen)} />
      )}
    </Flex>
  );
  const common = { name: key, label, value, error, onChange: put };
  if (isMedia(parameter)) {
    return (
      <MediaField
        {...common}
        kind={kind as 'image' | 'video' | 'document'}
        integrationId={integrationId}
        hint={told ?? undefined}
        tools={tools}
      />
    );
  }
  if (kind === 'location') return <LocationField {...common} />;

  const url = kind === 'urlSuffix' ? resolvedUrl(definition, parameter, value.text) : null;
  const example = parameter.example && kind !== 'urlSuffix' ? parameter.example : null;
  const hint = told
    ? told
    : kind in HINTS
      ? formatMessage(t(HINTS[kind as keyof typeof HINTS]))
      : example && formatMessage(t('param.example'), { example });
  return (
    <Field.Root name={key} required={parameter.required} error={error} hint={hint ?? undefined}>
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <Field.Label>{label}</Field.Label>
        {tools}
      </Flex>
      <PlainInput
        as={AREAS.has(kind) ? 'textarea' : 'input'}
        dir="auto"
        data-field={key}
        type={kind === 'expiry' ? 'datetime-local' : undefined}
        value={value.text}
        aria-label={label}
        aria-required={parameter.required}
        aria-invalid={error !== undefined}
        aria-describedby={url ? resolvedId : undefined}
        onChange={(event: ChangeEvent<HTMLInputElement>) =>
          put({ ...value, given: undefined, text: event.target.value })
        }
      />
      {url && (
        <Typography id={resolvedId} variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
          <bdi dir="ltr">{url}</bdi>
        </Typography>
      )}
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};
