import { Field, Flex, IconButton, Button, Typography } from '@strapi/design-system';
import { Bold, Code, Italic, Plus, StrikeThrough } from '@strapi/icons';
import { useRef } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { directionOf } from '../../../../server/src/templates/languages';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { componentOf } from '../../../../server/src/templates/model';
import { t } from '../../translate';
import { useBuilder, useFieldError } from './builder-context';
import { pathIn, put, scopeOf, withScope } from './components';
import { FieldAt } from './FieldAt';
import { inserted, marked, type Selected } from './selection';
import { nextVariable, renumbered, samplesOf, withText, type Samples } from './samples';
import { SourceText } from './SourceText';
import { VariablesTable } from './VariablesTable';

const Area = styled.textarea`
  width: 100%;
  min-height: 120px;
  padding: 10px 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  font: inherit;
  /* Phones zoom into inputs below 16 px. */
  font-size: 1.6rem;
  line-height: 1.5;
  resize: vertical;
  field-sizing: content;
  &:focus {
    border-color: ${({ theme }) => theme.colors.primary600};
    outline: none;
    box-shadow: ${({ theme }) => theme.colors.primary600} 0 0 0 2px;
  }
  &[aria-invalid='true'] {
    border-color: ${({ theme }) => theme.colors.danger600};
  }
  @media (min-width: 768px) {
    font-size: 1.4rem;
  }
`;

const SIGNS = [
  { sign: '*', label: 'templates.bold', Icon: Bold },
  { sign: '_', label: 'templates.italic', Icon: Italic },
  { sign: '~', label: 'templates.strike', Icon: StrikeThrough },
  { sign: '```', label: 'templates.code', Icon: Code },
] as const;

/** Text of a body with its samples: samples of variables that were taken out come back with them. */
const useBodyText = (card: number | null) => {
  const { draft, change } = useBuilder();
  const seen = useRef<Samples>({});
  const scope = scopeOf(draft.components, card);
  const body = componentOf(scope, 'BODY') ?? { type: 'BODY', text: '' };
  const samples = samplesOf(body, 'BODY');
  Object.assign(seen.current, samples);
  const format = draft.parameterFormat;
  const write = (text: string, anew = false) => {
    const next = withText(body, 'BODY', text, { ...seen.current, ...samples }, format);
    const shown = anew && format === 'POSITIONAL' ? renumbered(next, 'BODY') : next;
    change({ components: withScope(draft.components, card, put(scope, shown)) });
  };
  return { text: body.text ?? '', write, format };
};

interface Props {
  card: number | null;
  source?: string;
}

/** The text of a template or card, with WhatsApp's markup and its variables. */
export const BodyField = ({ card, source }: Props) => {
  const { formatMessage } = useIntl();
  const { draft } = useBuilder();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text, write, format } = useBodyText(card);
  const path = pathIn(card, 'body');
  const error = useFieldError(path);
  const hasOffer = componentOf(draft.components, 'LIMITED_TIME_OFFER') !== undefined;
  const max = card !== null ? LIMITS.cardBody : hasOffer ? LIMITS.offerBody : LIMITS.body;
  const over = text.length > max;

  const edit = (work: (selected: Selected) => Selected, anew = false) => {
    const element = area.current;
    if (!element) return;
    const next = work({ text, from: element.selectionStart, to: element.selectionEnd });
    write(next.text, anew);
    // The new text is in the field after React has drawn it.
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(next.from, next.to);
    });
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <FieldAt path={path}>
        <SourceText text={source}>
          <Field.Root name={path} id={`template-${path}`} required={card === null} error={error}>
            <Flex justifyContent="space-between" gap={2}>
              <Field.Label>{formatMessage(t('templates.field.body'))}</Field.Label>
              <Typography variant="pi" textColor={over ? 'danger600' : 'neutral600'} aria-hidden>
                {formatMessage(t('composer.count'), { count: text.length, max })}
              </Typography>
            </Flex>
            <Flex gap={1} wrap="wrap" role="toolbar" aria-label={formatMessage(t('templates.markup'))}>
              {SIGNS.map(({ sign, label, Icon }) => (
                <IconButton
                  key={sign}
                  type="button"
                  variant="ghost"
                  label={formatMessage(t(label))}
                  onClick={() => edit((selected) => marked(selected, sign))}
                >
                  <Icon />
                </IconButton>
              ))}
              <Button
                type="button"
                size="S"
                variant="tertiary"
                startIcon={<Plus />}
                onClick={() =>
                  edit((selected) => inserted(selected, `{{${nextVariable(text, format)}}}`), true)
                }
              >
                {formatMessage(t('templates.addVariable'))}
              </Button>
            </Flex>
            <Area
              ref={area}
              id={`template-${path}`}
              name={path}
              dir={text ? 'auto' : directionOf(draft.language)}
              rows={card === null ? 6 : 3}
              value={text}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `template-${path}-error` : undefined}
              onChange={(event) => write(event.target.value)}
            />
            <Field.Error />
          </Field.Root>
        </SourceText>
      </FieldAt>
      <VariablesTable place="BODY" card={card} />
    </Flex>
  );
};
