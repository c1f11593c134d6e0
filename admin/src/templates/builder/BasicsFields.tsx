import { Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useRef } from 'react';
import { useIntl } from 'react-intl';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import type { ParameterFormat } from '../../../../server/src/templates/model';
import { useStore } from '../../store/use-store';
import { t } from '../../translate';
import { CategoryField } from '../CategoryField';
import { LanguageField } from '../LanguageField';
import { templateName } from '../new/template-name';
import { templatesResource } from '../resources';
import { useBuilder, useFieldError } from './builder-context';
import type { Components } from './components';
import { CountedField } from './CountedField';
import { FieldAt } from './FieldAt';
import { convertFormat } from './samples';
import { forCategory } from './special';
import { ttlChoices, useDurationWords } from './ttl';

const FORMATS: readonly ParameterFormat[] = ['NAMED', 'POSITIONAL'];

const TtlField = () => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const durationWords = useDurationWords();
  const error = useFieldError('ttlSeconds');
  const choices = ttlChoices(draft.category);
  const { ttlSeconds } = draft;
  const offered = ttlSeconds === null || choices.includes(ttlSeconds) ? choices : [...choices, ttlSeconds];
  return (
    <FieldAt path="ttlSeconds">
      <Field.Root name="ttlSeconds" error={error} hint={formatMessage(t('templates.ttl.hint'))}>
        <Field.Label>{formatMessage(t('templates.ttl'))}</Field.Label>
        <SingleSelect
          value={ttlSeconds === null ? 'default' : String(ttlSeconds)}
          onChange={(value) => change({ ttlSeconds: value === 'default' ? null : Number(value) })}
        >
          {[
            <SingleSelectOption key="default" value="default">
              {formatMessage(t('templates.ttl.default'))}
            </SingleSelectOption>,
            ...offered.map((seconds) => (
              <SingleSelectOption key={seconds} value={String(seconds)}>
                {durationWords(seconds)}
              </SingleSelectOption>
            )),
          ]}
        </SingleSelect>
        <Field.Hint />
        <Field.Error />
      </Field.Root>
    </FieldAt>
  );
};

/** Name, language and category, of which the first two are fixed once Meta has the template; how variables are told apart. */
export const BasicsFields = () => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const kept = useRef<Components | null>(null);
  const languageError = useFieldError('language');
  const categoryError = useFieldError('category');
  const isEdit = draft.templateId !== null;
  // Meta keeps the category of what it has approved (Meta, template-management).
  const isApproved = useStore(templatesResource.store, ({ data }) =>
    Boolean(data?.some(({ id, status }) => id === draft.templateId && status === 'APPROVED')),
  );
  const setCategory = (category: string) => {
    const { components, category: before } = draft;
    if (category === 'AUTHENTICATION') kept.current = components;
    const range = LIMITS.ttlSeconds[category];
    const { ttlSeconds } = draft;
    const fits = ttlSeconds !== null && range && ttlSeconds >= range.least && ttlSeconds <= range.most;
    change({
      category,
      components: forCategory(components, before, category, kept.current),
      ...(ttlSeconds !== null && !fits ? { ttlSeconds: null } : {}),
    });
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      {!isEdit && (
        <>
          <CountedField
            path="name"
            label={formatMessage(t('templates.name'))}
            required
            ltr
            value={draft.name}
            max={LIMITS.name}
            hint={formatMessage(t('templates.name.hint'))}
            onChange={(text) => change({ name: templateName(text) })}
          />
          <FieldAt path="language">
            <LanguageField
              value={draft.language}
              error={languageError}
              onChange={(language) => change({ language })}
            />
          </FieldAt>
        </>
      )}
      <FieldAt path="category">
        <CategoryField
          value={draft.category}
          disabled={isApproved}
          error={categoryError}
          onChange={setCategory}
        />
      </FieldAt>
      {draft.category !== 'AUTHENTICATION' && (
        <FieldAt path="parameterFormat">
          <Field.Root
            name="parameterFormat"
            hint={formatMessage(t(`templates.format.${draft.parameterFormat}.hint`))}
          >
            <Field.Label>{formatMessage(t('templates.format'))}</Field.Label>
            <SingleSelect
              value={draft.parameterFormat}
              onChange={(value) => {
                const parameterFormat = value as ParameterFormat;
                if (parameterFormat === draft.parameterFormat) return;
                change({ parameterFormat, components: convertFormat(draft.components, parameterFormat) });
              }}
            >
              {FORMATS.map((format) => (
                <SingleSelectOption key={format} value={format}>
                  {formatMessage(t(`templates.format.${format}`))}
                </SingleSelectOption>
              ))}
            </SingleSelect>
            <Field.Hint />
          </Field.Root>
        </FieldAt>
      )}
      <TtlField />
    </Flex>
  );
};
