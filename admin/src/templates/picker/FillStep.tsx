import { Button, Checkbox, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { ArrowLeft, PaperPlane } from '@strapi/icons';
import { useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { languageName } from '../../../../server/src/templates/languages';
import { uploadStore } from '../../messages/attachments/uploads';
import { ScheduleButton } from '../../messages/composer/ScheduleButton';
import type { TemplateJob } from '../../messages/job-content';
import type { Timing } from '../../messages/sending';
import { useStore } from '../../store/use-store';
import { t } from '../../translate';
import { cardFiles, headerFile } from '../form/fields';
import { ParameterForm } from '../form/ParameterForm';
import { EMPTY_TEMPLATE_FORM, useTemplateForm, type Subject } from '../form/use-template-form';
import { mediaOfFields } from '../form/media-of-fields';
import { TemplatePreview } from '../preview/TemplatePreview';
import { keepForm, keptForm } from './kept-forms';
import { Aside, Column, Split } from './layout';
import type { PickGroup } from './pick-list';
import type { PickTarget } from './picker-store';
import { becauseWords, categoryWord } from './words';

const Form = styled.form`
  display: flex;
  flex: 1;
  flex-direction: column;
  min-height: 0;
`;
const Fields = styled.div`
  flex: 1;
  min-height: 0;
  padding: 16px 20px 24px;
  overflow: auto;
`;
const Foot = styled.footer`
  display: flex;
  flex: none;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 8px 12px;
  padding: 12px 20px;
  border-block-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral100};
`;
/** On phones the preview comes below the fields, and both scroll together. */
const Both = styled(Split)`
  @media (max-width: 767px) {
    display: block;
    overflow: auto;
    ${Fields} {
      overflow: visible;
    }
  }
`;

interface Props {
  group: PickGroup;
  target: PickTarget;
  contactName: string;
  subject: Subject;
  canManage: boolean;
  onBack(): void;
  onLanguage(language: string): void;
  /** A promise that fails gives the form back as it was. */
  onSend(content: TemplateJob, timing: Timing | null): void | Promise<void>;
  onFailure(cause: unknown): void;
}

/** Fills in one template, shows how it will look, and sends it. Mount it anew (`key`) for each template. */
export const FillStep = (props: Props) => {
  const { group, target, contactName, subject, canManage, onBack, onLanguage, onSend, onFailure } = props;
  const { template, because, languages } = group;
  const { formatMessage, locale } = useIntl();
  const form = useTemplateForm(template, subject, keptForm(target, template) ?? EMPTY_TEMPLATE_FORM);
  const [strict, setStrict] = useState(false);
  const [pressed, setPressed] = useState<{ timing: Timing | null } | null>(null);
  const [sending, setSending] = useState(false);
  const [save, setSave] = useState(true);
  const root = useRef<HTMLFormElement>(null);
  const gone = useRef(false);
  const file = headerFile(form.form.fields);
  const cardItems = cardFiles(form.form.fields);
  const failed = useStore(uploadStore, (all) =>
    [...(file ? [file] : []), ...cardItems].some(({ key }) => all[key]?.state === 'failed'),
  );
  const changed = Object.keys(form.form.chosen).length > 0;

  useEffect(() => {
    if (!gone.current) keepForm(target, template, form.form);
  }, [form.form, target, template]);

  const wrong = Object.keys(form.problems);
  const send = (timing: Timing | null) => {
    if (gone.current) return;
    // Pressed while the values are on their way: it goes as soon as they are there.
    if (form.loading && wrong.length > 0) {
      setPressed({ timing });
      return;
    }
    if (wrong.length > 0 || failed) {
      setStrict(true);
      const first = [...(root.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].find(
        ({ dataset }) => dataset.field && wrong.includes(dataset.field),
      );
      first?.focus();
      return;
    }
    // A second press, before the dialog is gone, sends nothing.
    gone.current = true;
    keepForm(target, template, null);
    if (canManage && save && changed) form.saveBindings().catch(onFailure);
    const { name, language } = template;
    const { values: parameters, rendered, bound } = form;
    const job: TemplateJob = {
      type: 'template',
      name,
      language,
      parameters,
      rendered,
      item: file,
      cardItems,
    };
    const going = onSend({ ...job, bound }, timing);
    if (!going) return;
    setSending(true);
    going.catch((cause: unknown) => {
      gone.current = false;
      keepForm(target, template, form.form);
      setSending(false);
      onFailure(cause);
    });
  };

  useEffect(() => {
    if (!pressed || form.loading) return;
    setPressed(null);
    send(pressed.timing);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `send` is that of the render which brought the values
  }, [pressed, form.loading]);

  return (
    <Form
      ref={root}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // React passes the event on to a form behind the portal as well.
        event.stopPropagation();
        send(null);
      }}
    >
      <Both>
        <Column>
          <Fields>
            <Flex direction="column" alignItems="stretch" gap={5}>
              <Flex direction="column" alignItems="stretch" gap={1}>
                {languages.length > 1 ? (
                  <SingleSelect
                    size="S"
                    aria-label={formatMessage(t('picker.language'))}
                    value={template.language}
                    onChange={(value) => onLanguage(String(value))}
                  >
                    {languages.map(({ language, sendable }) => (
                      <SingleSelectOption key={language} value={language} disabled={!sendable}>
                        {languageName(language, locale)}
                      </SingleSelectOption>
                    ))}
                  </SingleSelect>
                ) : (
                  <Typography textColor="neutral800">{languageName(template.language, locale)}</Typography>
                )}
                <Typography variant="pi" textColor="neutral600">
                  {becauseWords(because, formatMessage)} ·{' '}
                  {formatMessage(t('picker.price'), {
                    category: categoryWord(template.category, formatMessage),
                  })}
                </Typography>
              </Flex>
              <ParameterForm
                template={template}
                form={form}
                integrationId={target.integrationId}
                strict={strict}
              />
              {canManage && changed && (
                <Checkbox checked={save} onCheckedChange={(on) => setSave(on === true)}>
                  {formatMessage(t('form.saveBindings'))}
                </Checkbox>
              )}
            </Flex>
          </Fields>
        </Column>
        <Aside aria-label={formatMessage(t('picker.preview'))}>
          <TemplatePreview
            rendered={form.rendered}
            language={template.language}
            frame="phone"
            media={mediaOfFields(form.form.fields)}
          />
        </Aside>
      </Both>
      <Foot>
        <Button type="button" variant="tertiary" startIcon={<ArrowLeft />} onClick={onBack}>
          {formatMessage(t('picker.back'))}
        </Button>
        <Flex gap={2}>
          {target.conversationId !== null && (
            <ScheduleButton
              disabled={wrong.length > 0 || failed}
              contactName={contactName}
              windowEnds={null}
              onSchedule={send}
            />
          )}
          <Button
            type="submit"
            startIcon={<PaperPlane />}
            loading={pressed !== null || sending}
            autoFocus={form.parameters.every(({ required }) => !required)}
          >
            {formatMessage(t('composer.send'))}
          </Button>
        </Flex>
      </Foot>
    </Form>
  );
};
