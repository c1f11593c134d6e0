import { Flex, IconButton, Td, TextButton, Tr, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';
import { useId, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { AuditEntry } from '../../../server/src/audit/contract';
import { exactDateTime } from '../design/time';
import { t, type TranslationId } from '../translate';
import { changesOf, wordsOf, type FieldChange } from './words';

const Changes = styled.dl`
  display: grid;
  grid-template-columns: minmax(8rem, auto) 1fr;
  gap: 8px 16px;
  padding-block: 8px;
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.3rem;
  white-space: normal;
  dt {
    color: ${({ theme }) => theme.colors.neutral600};
  }
  dd {
    overflow-wrap: anywhere;
  }
`;

const Value = ({ change }: { change: FieldChange }) => {
  const { formatMessage } = useIntl();
  const none = formatMessage(t('audit.none'));
  return (
    <dd>
      <del>{change.before ?? none}</del> → <ins>{change.after ?? none}</ins>
    </dd>
  );
};

export const ACTORS: Record<AuditEntry['actor']['type'], TranslationId> = {
  admin: 'audit.actor.admin',
  api_token: 'audit.actor.api_token',
  automation: 'audit.actor.automation',
  system: 'audit.actor.system',
};

interface Props {
  entry: AuditEntry;
  /** Who, what and to what lead to more of the same. */
  onFilter(name: 'actor' | 'action' | 'target', value: string): void;
}

/** One deed; a press shows what was changed by it. */
export const AuditRow = ({ entry, onFilter }: Props) => {
  const { formatMessage, locale } = useIntl();
  const [open, setOpen] = useState(false);
  const id = useId();
  const changes = changesOf(entry);
  const { actor, target } = entry;
  return (
    <>
      <Tr>
        <Td>
          <Typography textColor="neutral800" style={{ whiteSpace: 'nowrap' }}>
            <time dateTime={entry.at}>{exactDateTime(Date.parse(entry.at), locale)}</time>
          </Typography>
        </Td>
        <Td>
          <Flex direction="column" alignItems="flex-start">
            <TextButton onClick={() => onFilter('actor', actor.id ?? actor.type)}>
              <bdi>{actor.name ?? formatMessage(t(ACTORS[actor.type]))}</bdi>
            </TextButton>
            <Typography variant="pi" textColor="neutral600">
              {formatMessage(t(ACTORS[actor.type]))}
              {entry.ip && ` · ${entry.ip}`}
            </Typography>
          </Flex>
        </Td>
        <Td>
          <Flex direction="column" alignItems="flex-start">
            <TextButton onClick={() => onFilter('action', entry.action)}>
              {formatMessage({ ...t(wordsOf(entry.action)), defaultMessage: entry.action })}
            </TextButton>
            <Typography variant="pi" textColor="neutral600">
              {entry.action}
            </Typography>
          </Flex>
        </Td>
        <Td>
          <TextButton onClick={() => onFilter('target', [target.type, target.id].filter(Boolean).join(':'))}>
            <bdi>{target.label ?? [target.type, target.id].filter(Boolean).join(' ')}</bdi>
          </TextButton>
        </Td>
        <Td>
          {changes.length > 0 && (
            <Flex justifyContent="flex-end">
              <IconButton
                variant="ghost"
                aria-expanded={open}
                aria-controls={id}
                label={formatMessage(t(open ? 'audit.hide' : 'audit.show'), { count: changes.length })}
                onClick={() => setOpen(!open)}
              >
                {open ? <ChevronUp /> : <ChevronDown />}
              </IconButton>
            </Flex>
          )}
        </Td>
      </Tr>
      {open && (
        <Tr id={id}>
          <Td colSpan={5} style={{ height: 'auto' }}>
            <Changes>
              {changes.map((change) => (
                <div key={change.field} style={{ display: 'contents' }}>
                  <dt>{change.field}</dt>
                  <Value change={change} />
                </div>
              ))}
            </Changes>
          </Td>
        </Tr>
      )}
    </>
  );
};
