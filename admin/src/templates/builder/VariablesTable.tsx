import { Field, Flex, Typography } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { componentOf } from '../../../../server/src/templates/model';
import { variablesOf } from '../../../../server/src/templates/variables';
import { t } from '../../translate';
import { useBuilder } from './builder-context';
import { pathIn, put, scopeOf, withScope } from './components';
import { rename, samplesOf, withText, type TextPlace } from './samples';
import { useBoundNames } from './use-bound-names';

const Row = styled.li`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr);
  gap: 12px;
  align-items: end;
  @media (max-width: 519px) {
    grid-template-columns: minmax(0, 1fr);
  }
`;

interface NameProps {
  name: string;
  label: string;
  onRename(to: string): void;
}

/** The name is taken over when one leaves the field: a half-written one would rename the text at each key. */
const NameField = ({ name, label, onRename }: NameProps) => {
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  const done = () => {
    const clean = text
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, '_');
    if (clean && clean !== name) onRename(clean);
    else setText(name);
  };
  return (
    <Field.Root name={`variable-${name}`}>
      <Field.Label>{label}</Field.Label>
      <Field.Input
        size="S"
        dir="ltr"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          done();
        }}
      />
    </Field.Root>
  );
};

interface Props {
  place: TextPlace;
  card: number | null;
}

/** Every variable of a text with its name, the example for Meta's review, and the field that fills it. */
export const VariablesTable = ({ place, card }: Props) => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const scope = scopeOf(draft.components, card);
  const component = componentOf(scope, place);
  const boundTo = useBoundNames(draft);
  const names = variablesOf(component?.text);
  if (!component || names.length === 0) return null;
  const samples = samplesOf(component, place);
  const format = draft.parameterFormat;
  const write = (next: typeof component) =>
    change({ components: withScope(draft.components, card, put(scope, next)) });
  return (
    <Flex
      tag="ul"
      direction="column"
      alignItems="stretch"
      gap={3}
      aria-label={formatMessage(t('templates.variables'))}
      style={{ listStyle: 'none' }}
    >
      {names.map((name) => {
        const bound = boundTo(pathIn(card, place.toLowerCase()), name);
        return (
          <Row key={name}>
            {format === 'NAMED' ? (
              <NameField
                name={name}
                label={formatMessage(t('templates.variable.name'))}
                onRename={(to) => {
                  if (!names.includes(to)) write(rename(component, place, { [name]: to }, format));
                }}
              />
            ) : (
              <Typography textColor="neutral800" paddingBottom={2}>
                <code dir="ltr">{`{{${name}}}`}</code>
              </Typography>
            )}
            <Field.Root name={`sample-${name}`} required hint={bound ?? undefined}>
              <Field.Label>{formatMessage(t('templates.variable.sample'), { name })}</Field.Label>
              <Field.Input
                size="S"
                dir="auto"
                value={samples[name] ?? ''}
                onChange={(event) =>
                  write(
                    withText(
                      component,
                      place,
                      component.text ?? '',
                      { ...samples, [name]: event.target.value },
                      format,
                    ),
                  )
                }
              />
              <Field.Hint />
            </Field.Root>
          </Row>
        );
      })}
    </Flex>
  );
};
