import { Checkbox, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { TestContact, TestSendResult } from '../../../../server/src/template-use/contract';
import type { Template } from '../../../../server/src/templates/contract';
import { api } from '../../api/client';
import { PaneFailure } from '../../design/PaneBoundary';
import { PaneLoading } from '../../design/PaneLoading';
import { uploadOf } from '../../messages/attachments/uploads';
import { withUploads } from '../../messages/job-content';
import { useFailureWords } from '../../messages/use-failure-words';
import { useBusy } from '../../settings/use-busy';
import { t } from '../../translate';
import { cardFiles, headerFile } from '../form/fields';
import { mediaOfFields } from '../form/media-of-fields';
import { ParameterForm } from '../form/ParameterForm';
import { EMPTY_TEMPLATE_FORM, useTemplateForm } from '../form/use-template-form';
import { TemplatePreview } from '../preview/TemplatePreview';
import { DialogShell } from './DialogShell';
import { useLoaded } from './use-loaded';

const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 300px);
  gap: 24px;
  @media (max-width: 767px) {
    grid-template-columns: minmax(0, 1fr);
  }
`;

interface Props {
  template: Template;
  /** Numbers that may send it. */
  numbers: { id: string; name: string }[];
  onClose(): void;
}

const Results = ({ result, contacts }: { result: TestSendResult; contacts: TestContact[] }) => {
  const { formatMessage } = useIntl();
  const wordsOf = useFailureWords();
  const nameOf = (id: string) => contacts.find((contact) => contact.id === id)?.name ?? id;
  return (
    <Flex tag="ul" role="status" direction="column" alignItems="stretch" gap={2}>
      {result.sent.map(({ contactId }) => (
        <Flex tag="li" key={contactId} gap={2} alignItems="flex-start">
          <CheckCircle width={16} height={16} fill="success600" aria-hidden />
          <Typography textColor="neutral800">
            {formatMessage(t('test.sentTo'), { name: nameOf(contactId) })}
          </Typography>
        </Flex>
      ))}
      {result.failed.map(({ contactId, code, message }) => (
        <Flex tag="li" key={contactId} gap={2} alignItems="flex-start">
          <CrossCircle width={16} height={16} fill="danger600" aria-hidden style={{ flex: 'none' }} />
          <Typography textColor="neutral800">
            {formatMessage(t('test.failedFor'), { name: nameOf(contactId) })}{' '}
            {wordsOf({ code, title: '', message, hint: null, retryable: false }).cause}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
};

/** Sends a template to people who are there for trying things out, and tells how it went for each. */
export const TestSendDialog = ({ template, numbers, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const { loaded, reload } = useLoaded<{ data: TestContact[] }>('/test-contacts');
  const [chosen, setChosen] = useState<string[]>([]);
  const [integrationId, setIntegrationId] = useState(template.integrationId ?? numbers[0]?.id ?? '');
  const [strict, setStrict] = useState(false);
  const [result, setResult] = useState<TestSendResult | null>(null);
  const first = chosen[0];
  const form = useTemplateForm(template, first ? { contactId: first } : null, EMPTY_TEMPLATE_FORM);
  const { busy, run } = useBusy();
  const contacts = loaded && 'data' in loaded ? loaded.data.data : [];
  const item = headerFile(form.form.fields);

  const send = () => {
    setStrict(true);
    if (chosen.length === 0 || Object.keys(form.problems).length > 0) return;
    void run('work', async () => {
      setResult(null);
      const ids = await Promise.all(
        [...(item ? [item] : []), ...cardFiles(form.form.fields)].map(
          async ({ key }) => [key, (await uploadOf(key)).uploadId] as const,
        ),
      );
      const answer = await api.post<{ data: TestSendResult }>(
        `/templates/${encodeURIComponent(template.id)}/test`,
        {
          integrationId,
          contactIds: chosen,
          parameters: withUploads(form.values, Object.fromEntries(ids)),
        },
      );
      setResult(answer.data);
    });
  };

  return (
    <DialogShell
      title={formatMessage(t('test.title'), { name: template.name })}
      submitLabel={formatMessage(t('test.send'))}
      canSubmit={contacts.length > 0 && integrationId !== ''}
      busy={busy !== null}
      onSubmit={send}
      onClose={onClose}
    >
      {!loaded && <PaneLoading />}
      {loaded && 'failure' in loaded && <PaneFailure reference={loaded.failure} onRetry={reload} />}
      {loaded && 'data' in loaded && contacts.length === 0 && (
        <Typography textColor="neutral600">{formatMessage(t('test.none'))}</Typography>
      )}
      {contacts.length > 0 && (
        <Columns>
          <Flex direction="column" alignItems="stretch" gap={5}>
            {result && <Results result={result} contacts={contacts} />}
            <Flex
              tag="fieldset"
              direction="column"
              alignItems="stretch"
              gap={2}
              style={{ border: 0, padding: 0 }}
            >
              <Typography tag="legend" variant="sigma" textColor="neutral600" style={{ padding: 0 }}>
                {formatMessage(t('test.contacts'))}
              </Typography>
              {contacts.map(({ id, name, phone }) => (
                <Checkbox
                  key={id}
                  checked={chosen.includes(id)}
                  onCheckedChange={(on) =>
                    setChosen(on === true ? [...chosen, id] : chosen.filter((other) => other !== id))
                  }
                >
                  <bdi>{name || phone}</bdi>
                </Checkbox>
              ))}
              {strict && chosen.length === 0 && (
                <Typography variant="pi" textColor="danger600" role="alert">
                  {formatMessage(t('test.nobody'))}
                </Typography>
              )}
            </Flex>
            {numbers.length > 1 && (
              <SingleSelect
                aria-label={formatMessage(t('test.number'))}
                value={integrationId}
                onChange={(value) => setIntegrationId(String(value))}
              >
                {numbers.map(({ id, name }) => (
                  <SingleSelectOption key={id} value={id}>
                    {name}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            )}
            <ParameterForm template={template} form={form} integrationId={integrationId} strict={strict} />
          </Flex>
          <TemplatePreview
            rendered={form.rendered}
            language={template.language}
            frame="phone"
            media={mediaOfFields(form.form.fields)}
          />
        </Columns>
      )}
    </DialogShell>
  );
};
