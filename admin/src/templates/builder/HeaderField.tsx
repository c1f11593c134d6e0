import { Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { componentOf, headerFormat } from '../../../../server/src/templates/model';
import { t, type TranslationId } from '../../translate';
import { useBuilder, useFieldError } from './builder-context';
import { drop, pathIn, put, scopeOf, withScope, type Components } from './components';
import { CountedField } from './CountedField';
import { FieldAt } from './FieldAt';
import { SampleUpload, type SampleFormat } from './SampleUpload';
import { samplesOf, withText } from './samples';
import { VariablesTable } from './VariablesTable';

const FORMATS = ['NONE', 'TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] as const;
const CARD_FORMATS = ['IMAGE', 'VIDEO'] as const;

const WORDS: Record<string, TranslationId> = {
  NONE: 'templates.header.NONE',
  TEXT: 'templates.header.TEXT',
  IMAGE: 'templates.header.IMAGE',
  VIDEO: 'templates.header.VIDEO',
  DOCUMENT: 'templates.header.DOCUMENT',
  LOCATION: 'templates.header.LOCATION',
  GIF: 'templates.header.GIF',
  PRODUCT: 'templates.header.PRODUCT',
};

const ofFormat = (scope: Components, format: string) => {
  if (format === 'NONE') return drop(scope, 'HEADER');
  return put(scope, format === 'TEXT' ? { type: 'HEADER', format, text: '' } : { type: 'HEADER', format });
};

interface Props {
  card: number | null;
  source?: string;
  /** Of a card: all cards change together. */
  onShape?(scope: Components): void;
}

/** What stands above the text: nothing, a line, a file with a sample for the review, or a place. */
export const HeaderField = ({ card, source, onShape }: Props) => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const path = pathIn(card, 'header');
  const error = useFieldError(path);
  const scope = scopeOf(draft.components, card);
  const header = componentOf(scope, 'HEADER');
  const format = headerFormat(scope) ?? 'NONE';
  const offered: readonly string[] = card === null ? FORMATS : CARD_FORMATS;
  // A kind that the builder does not offer stays choosable as long as it stands there.
  const formats = offered.includes(format) || !(format in WORDS) ? offered : [...offered, format];
  const write = (next: Components) => change({ components: withScope(draft.components, card, next) });
  const isFile = ['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'].includes(format);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <FieldAt path={format === 'TEXT' ? `${path}.format` : path}>
        <Field.Root name={`${path}-format`} error={format === 'TEXT' ? undefined : error}>
          <Field.Label>{formatMessage(t('templates.field.header'))}</Field.Label>
          <SingleSelect
            value={format}
            onChange={(value) => (onShape ?? write)(ofFormat(scope, String(value)))}
          >
            {formats.map((one) => (
              <SingleSelectOption key={one} value={one}>
                {formatMessage(t(WORDS[one] ?? 'templates.header.NONE'))}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Error />
        </Field.Root>
        {isFile && header && (
          <SampleUpload
            format={format as SampleFormat}
            handle={header.example?.header_handle?.[0] ?? null}
            onSample={(handle) =>
              write(put(scope, { ...header, example: { ...header.example, header_handle: [handle] } }))
            }
          />
        )}
      </FieldAt>
      {format === 'TEXT' && header && (
        <>
          <CountedField
            path={path}
            label={formatMessage(t('templates.header.text'))}
            required
            value={header.text ?? ''}
            max={LIMITS.headerText}
            source={source}
            onChange={(text) =>
              write(
                put(
                  scope,
                  withText(header, 'HEADER', text, samplesOf(header, 'HEADER'), draft.parameterFormat),
                ),
              )
            }
          />
          <VariablesTable place="HEADER" card={card} />
        </>
      )}
    </Flex>
  );
};
