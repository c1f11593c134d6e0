import { Badge, Field, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { BindableEntry } from '../../../../server/src/template-use/contract';
import { api } from '../../api/client';
import { report } from '../../design/report';
import { t } from '../../translate';
import { moveFocus } from './move-focus';
import { PlainInput } from './PlainInput';
import type { ChosenEntry } from './use-template-form';

const WAIT_MS = 200;

const Results = styled.ul`
  max-height: 220px;
  margin: 4px 0 0;
  padding: 4px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  list-style: none;
  overflow: auto;
`;
const Result = styled.button`
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 8px;
  width: 100%;
  min-height: 34px;
  padding: 4px 8px;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: none;
  color: ${({ theme }) => theme.colors.neutral800};
  font: inherit;
  font-size: 1.4rem;
  text-align: start;
  overflow-wrap: anywhere;
  cursor: pointer;
  &:hover {
    background: ${({ theme }) => theme.colors.primary100};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

const useEntries = (contentType: string, q: string, enabled: boolean) => {
  const [found, setFound] = useState<BindableEntry[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const query = { contentType, ...(q.trim() ? { q: q.trim() } : {}) };
      api.get<{ data: BindableEntry[] }>('/template-entries', query, abort.signal).then(
        ({ data }) => {
          setFound(data);
          setFailed(false);
        },
        (cause: unknown) => {
          if (abort.signal.aborted) return;
          report('Entries could not be searched', cause);
          setFailed(true);
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [contentType, q, enabled]);
  return { found, failed };
};

interface Props {
  contentType: string;
  /** What the type is called. */
  label: string;
  entry: ChosenEntry | null;
  onChoose(entry: ChosenEntry | null): void;
}

/** Chooses the entry that a message speaks of, by search. */
export const EntryPicker = ({ contentType, label, entry, onChoose }: Props) => {
  const { formatMessage } = useIntl();
  const [q, setQ] = useState('');
  const mine = entry?.contentType === contentType ? entry : null;
  const { found, failed } = useEntries(contentType, q, mine === null);
  const title = formatMessage(t('entry.choose'), { type: label });
  if (mine) {
    return (
      <Flex
        justifyContent="space-between"
        gap={2}
        padding={2}
        paddingLeft={3}
        hasRadius
        background="neutral100"
      >
        <Typography textColor="neutral800" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {label}: <bdi>{mine.label}</bdi>
        </Typography>
        <IconButton
          variant="ghost"
          size="S"
          label={formatMessage(t('entry.other'))}
          onClick={() => onChoose(null)}
        >
          <Cross />
        </IconButton>
      </Flex>
    );
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    moveFocus(event, 'input, [data-item]');
    // Enter in the search takes the first one and does not send the form around it.
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (found?.[0]) choose(found[0]);
  };
  const choose = ({ documentId, label: name, locale }: BindableEntry) =>
    onChoose({ contentType, documentId, label: name, ...(locale ? { locale } : {}) });
  return (
    <Field.Root name="entry" error={failed ? formatMessage(t('entry.failed')) : undefined}>
      <Field.Label>{title}</Field.Label>
      <div onKeyDown={onKeyDown}>
        <PlainInput
          value={q}
          aria-label={title}
          placeholder={formatMessage(t('entry.search'))}
          onChange={(event) => setQ(event.target.value)}
        />
        {found && (
          <Results aria-label={formatMessage(t('entry.found'), { count: found.length })}>
            {found.length === 0 && (
              <li>
                <Typography variant="pi" textColor="neutral600">
                  {formatMessage(t('entry.none'))}
                </Typography>
              </li>
            )}
            {found.map((one) => (
              <li key={`${one.documentId}:${one.locale ?? ''}`}>
                <Result type="button" data-item onClick={() => choose(one)}>
                  <bdi>{one.label}</bdi>
                  <Flex gap={1} shrink={0}>
                    {one.locale && <Badge>{one.locale}</Badge>}
                    {one.status === 'draft' && <Badge>{formatMessage(t('entry.draft'))}</Badge>}
                  </Flex>
                </Result>
              </li>
            ))}
          </Results>
        )}
      </div>
      <Field.Error />
    </Field.Root>
  );
};
