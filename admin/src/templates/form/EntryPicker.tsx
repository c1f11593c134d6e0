import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { BindableEntry } from '../../../../server/src/template-use/contract';
import { api } from '../../api/client';
import { t } from '../../translate';
import { SearchPick, type Choice } from './SearchPick';
import type { ChosenEntry } from './use-template-form';

interface Props {
  contentType: string;
  /** What the type is called. */
  label: string;
  entry: ChosenEntry | null;
  onChoose(entry: ChosenEntry | null): void;
}

/** Chooses the entry that a message speaks of. */
export const EntryPicker = ({ contentType, label, entry, onChoose }: Props) => {
  const { formatMessage } = useIntl();
  const draft = formatMessage(t('entry.draft'));
  const load = useCallback(
    async (q: string, signal: AbortSignal): Promise<Choice<ChosenEntry>[]> => {
      const query = { contentType, ...(q ? { q } : {}) };
      const { data } = await api.get<{ data: BindableEntry[] }>('/template-entries', query, signal);
      return data.map(({ documentId, label: name, locale, status }) => ({
        key: `${documentId}:${locale ?? ''}`,
        label: name,
        badges: [...(locale ? [locale] : []), ...(status === 'draft' ? [draft] : [])],
        value: { contentType, documentId, label: name, ...(locale ? { locale } : {}) },
      }));
    },
    [contentType, draft],
  );
  const mine = entry?.contentType === contentType ? entry : null;
  return (
    <SearchPick
      label={formatMessage(t('entry.choose'), { type: label })}
      chosen={mine && `${label}: ${mine.label}`}
      load={load}
      onChoose={onChoose}
    />
  );
};
