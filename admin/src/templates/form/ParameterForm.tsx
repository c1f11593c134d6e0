import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { BindableType } from '../../../../server/src/template-use/contract';
import type { Template } from '../../../../server/src/templates/contract';
import { bindingKey, type TemplateParameter } from '../../../../server/src/templates/parameters';
import { bindableResource } from './fields-resource';
import { useResource } from '../../api/resource';
import { t } from '../../translate';
import { EntryPicker } from './EntryPicker';
import { partLabel } from './names';
import { ParameterField } from './ParameterField';
import type { UsedTemplateForm } from './use-template-form';

interface Section {
  id: string;
  title: string;
  parameters: TemplateParameter[];
}

const Optional = styled.details`
  > summary {
    margin-block-end: 8px;
    color: ${({ theme }) => theme.colors.neutral700};
    font-size: 1.3rem;
    cursor: pointer;
  }
`;

const NO_TYPES: BindableType[] = [];

const useSections = (parameters: TemplateParameter[]): Section[] => {
  const { formatMessage } = useIntl();
  const sections = new Map<string, Section>();
  for (const parameter of parameters) {
    const { card, component } = parameter;
    const id = card === undefined ? component : `card-${card}`;
    const title = partLabel(parameter, formatMessage);
    const section = sections.get(id) ?? { id, title, parameters: [] };
    section.parameters.push(parameter);
    sections.set(id, section);
  }
  return [...sections.values()];
};

interface Props {
  template: Template;
  form: UsedTemplateForm;
  integrationId: string;
  /** Somebody tried to go on: what is missing is told, too. */
  strict: boolean;
}

/** Everything that a send of this template takes, one typed field for each. */
export const ParameterForm = ({ template, form, integrationId, strict }: Props) => {
  const { formatMessage } = useIntl();
  const { data } = useResource(bindableResource, form.parameters.length > 0);
  const types = data ?? NO_TYPES;
  const { fields, sources, notes, needsEntry, entry } = form.form;
  const required = form.parameters.filter((parameter) => parameter.required);
  const optional = form.parameters.filter((parameter) => !parameter.required);
  const sections = useSections(required);
  const field = (parameter: TemplateParameter) => {
    const key = bindingKey(parameter);
    return (
      <ParameterField
        key={key}
        definition={template}
        parameter={parameter}
        value={fields[key]}
        source={sources[key]}
        problem={form.problems[key]}
        note={fields[key]?.text ? null : notes[key]}
        strict={strict}
        types={types}
        integrationId={integrationId}
        onChange={form.set}
        onBind={form.bind}
      />
    );
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      {sections.length === 0 && (
        <Typography textColor="neutral600">{formatMessage(t('form.nothing'))}</Typography>
      )}
      {needsEntry && (
        <EntryPicker
          contentType={needsEntry}
          label={types.find(({ uid }) => uid === needsEntry)?.label ?? needsEntry}
          entry={entry}
          onChoose={form.chooseEntry}
        />
      )}
      {sections.map(({ id, title, parameters }) => (
        <Flex key={id} tag="section" direction="column" alignItems="stretch" gap={3} aria-label={title}>
          {sections.length > 1 && (
            <Typography variant="sigma" textColor="neutral600" tag="h3">
              {title}
            </Typography>
          )}
          {parameters.map(field)}
        </Flex>
      ))}
      {optional.length > 0 && (
        <Optional>
          <summary>{formatMessage(t('form.optional'))}</summary>
          <Flex direction="column" alignItems="stretch" gap={3}>
            {optional.map(field)}
          </Flex>
        </Optional>
      )}
    </Flex>
  );
};
