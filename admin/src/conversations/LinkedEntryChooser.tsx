import { Button, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { useResource } from '../api/resource';
import { PaneLoading } from '../design/PaneLoading';
import { EntryPicker } from '../templates/form/EntryPicker';
import { bindableResource } from '../templates/form/fields-resource';
import type { ChosenEntry } from '../templates/form/use-template-form';
import { t } from '../translate';

interface Props {
  busy: boolean;
  onChoose(entry: ChosenEntry): void;
  onCancel(): void;
}

/** Chooses an entry of any type that the person may read. */
export const LinkedEntryChooser = ({ busy, onChoose, onCancel }: Props) => {
  const { formatMessage } = useIntl();
  const { data, error } = useResource(bindableResource);
  const [uid, setUid] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const types = data?.filter((one) => one.uid !== 'contact') ?? null;
  const type = types?.find((one) => one.uid === uid) ?? types?.[0];
  const typeUid = type?.uid;
  useEffect(() => {
    if (typeUid) root.current?.querySelector('input')?.focus();
  }, [typeUid]);
  return (
    <Flex ref={root} direction="column" alignItems="stretch" gap={3} width="100%">
      {!types && !error && <PaneLoading />}
      {!types && error && (
        <Typography textColor="danger600" role="alert">
          {formatMessage(t('search.failed'))}
        </Typography>
      )}
      {types && !type && <Typography textColor="neutral600">{formatMessage(t('linked.noTypes'))}</Typography>}
      {types && types.length > 1 && type && (
        <SingleSelect
          size="S"
          aria-label={formatMessage(t('linked.type'))}
          value={type.uid}
          onChange={(value) => setUid(String(value))}
        >
          {types.map((one) => (
            <SingleSelectOption key={one.uid} value={one.uid}>
              {one.label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      )}
      {type && (
        <EntryPicker
          key={type.uid}
          contentType={type.uid}
          label={type.label}
          entry={null}
          onChoose={(entry) => entry && !busy && onChoose(entry)}
        />
      )}
      <div>
        <Button variant="tertiary" size="S" disabled={busy} onClick={onCancel}>
          {formatMessage(t('common.cancel'))}
        </Button>
      </div>
    </Flex>
  );
};
