import { Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useCallback, useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { ListConversations } from '../../../../server/src/conversations/contract';
import type { Template } from '../../../../server/src/templates/contract';
import { bindingKey, parametersOf } from '../../../../server/src/templates/parameters';
import { renderTemplate } from '../../../../server/src/templates/render';
import { api } from '../../api/client';
import { useResource } from '../../api/resource';
import { displayName } from '../../conversations/display-name';
import { PaneFailure } from '../../design/PaneBoundary';
import { PaneLoading } from '../../design/PaneLoading';
import { useBusy } from '../../settings/use-busy';
import { t } from '../../translate';
import { EntryPicker } from '../form/EntryPicker';
import { bindableResource } from '../form/fields-resource';
import { distinctLabels } from '../form/names';
import { isBindable } from '../form/ParameterField';
import { SearchPick, type Choice } from '../form/SearchPick';
import type { ChosenEntry } from '../form/use-template-form';
import { TemplatePreview } from '../preview/TemplatePreview';
import { BindingRow } from './BindingRow';
import { DialogShell } from './DialogShell';
import { useBindings } from './use-bindings';
import { isCurrency } from './formats';

const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 300px);
  gap: 24px;
  @media (max-width: 767px) {
    grid-template-columns: minmax(0, 1fr);
  }
`;

interface Person {
  id: string;
  name: string;
}

const MOST = 10;

/** People with a conversation: whoever manages templates may read those. */
const findPeople = async (q: string, signal: AbortSignal): Promise<Choice<Person>[]> => {
  const query = { limit: MOST, ...(q ? { q } : {}) };
  const { data } = await api.get<ListConversations.Response>('/conversations', query, signal);
  const people = new Map(data.map(({ contact }) => [contact.id, contact]));
  return [...people.values()].map((contact) => {
    const { text } = displayName(contact);
    const name = text ?? contact.phone ?? contact.id;
    return { key: contact.id, label: name, value: { id: contact.id, name } };
  });
};

interface Props {
  template: Template;
  onClose(): void;
}

/** Says once how a template's values are found, and shows what comes of it for one person. */
export const BindingsDialog = ({ template, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const [person, setPerson] = useState<Person | null>(null);
  const [entry, setEntry] = useState<ChosenEntry | null>(null);
  const { data: types } = useResource(bindableResource);
  const form = useBindings(template, person?.id ?? null, entry);
  const { busy, run } = useBusy();
  const parameters = useMemo(() => parametersOf(template).filter(isBindable), [template]);
  const labels = distinctLabels(parameters, formatMessage);
  const rendered = useMemo(() => renderTemplate(template, form.values), [template, form.values]);
  const load = useCallback(findPeople, []);
  const { bindings, needsEntry } = form;
  const wrong = bindings.some(({ format }) => format?.as === 'currency' && !isCurrency(format.currency));
  const save = () =>
    void run('work', async () => {
      await form.save();
      toggleNotification({ type: 'success', message: formatMessage(t('bindings.saved')) });
      onClose();
    });
  return (
    <DialogShell
      title={formatMessage(t('bindings.title'), { name: template.name })}
      submitLabel={formatMessage(t('common.save'))}
      canSubmit={form.changed && !wrong}
      busy={busy !== null}
      onSubmit={save}
      onClose={onClose}
    >
      {!form.loaded && <PaneLoading />}
      {form.loaded && 'failure' in form.loaded && (
        <PaneFailure reference={form.loaded.failure} onRetry={form.reload} />
      )}
      {form.loaded && 'data' in form.loaded && (
        <Columns>
          <Flex direction="column" alignItems="stretch" gap={5}>
            <Typography textColor="neutral600">
              {formatMessage(t(parameters.length > 0 ? 'bindings.text' : 'form.nothing'))}
            </Typography>
            {parameters.map((parameter, at) => (
              <BindingRow
                key={bindingKey(parameter)}
                parameter={parameter}
                label={labels[at]!}
                binding={bindings.find((one) => one.parameter === bindingKey(parameter)) ?? null}
                types={types ?? []}
                onChange={form.change}
              />
            ))}
          </Flex>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <SearchPick
              label={formatMessage(t('bindings.tryWith'))}
              chosen={person?.name ?? null}
              load={load}
              onChoose={setPerson}
            />
            {needsEntry && (
              <EntryPicker
                contentType={needsEntry}
                label={types?.find(({ uid }) => uid === needsEntry)?.label ?? needsEntry}
                entry={entry}
                onChoose={setEntry}
              />
            )}
            <TemplatePreview rendered={rendered} language={template.language} frame="phone" />
          </Flex>
        </Columns>
      )}
    </DialogShell>
  );
};
