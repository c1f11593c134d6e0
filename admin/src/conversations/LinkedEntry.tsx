import { Button, Flex, Typography } from '@strapi/design-system';
import { Link as LinkIcon } from '@strapi/icons';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import type { LinkedEntryCard } from '../../../server/src/template-use/contract';
import { api } from '../api/client';
import { TextLink } from '../design/TextLink';
import { report } from '../design/report';
import { useTellFailure } from '../design/use-tell-failure';
import { t } from '../translate';

const LinkedEntryChooser = lazy(() =>
  import('./LinkedEntryChooser').then(({ LinkedEntryChooser: One }) => ({ default: One })),
);

/** Where the Content Manager shows it. */
const addressOf = ({ contentType, documentId, single }: LinkedEntryCard): string =>
  single
    ? `/content-manager/single-types/${contentType}`
    : `/content-manager/collection-types/${contentType}/${documentId}`;

const pathOf = (contactId: string): string => `/contacts/${encodeURIComponent(contactId)}/link`;

/** undefined: not known yet. */
const useLinkedEntry = (contactId: string, documentId: string | null) => {
  const [entry, setEntry] = useState<LinkedEntryCard | null | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    api.get<{ data: LinkedEntryCard | null }>(pathOf(contactId), undefined, abort.signal).then(
      ({ data }) => setEntry(data),
      (cause: unknown) => {
        if (!abort.signal.aborted) report('The linked entry could not be loaded', cause);
      },
    );
    return () => abort.abort();
  }, [contactId, documentId, attempt]);
  return { entry, reload: () => setAttempt((n) => n + 1) };
};

const Shown = ({ entry }: { entry: LinkedEntryCard }) => {
  const { formatMessage } = useIntl();
  return (
    <div>
      {entry.title === null ? (
        <Typography textColor="neutral600">{formatMessage(t('linked.hidden'))}</Typography>
      ) : (
        <TextLink to={addressOf(entry)}>
          <bdi>{entry.title}</bdi>
        </TextLink>
      )}
      <Typography variant="pi" textColor="neutral600" tag="div">
        <bdi>{entry.type}</bdi>
      </Typography>
    </div>
  );
};

interface Props {
  contactId: string;
  /** What the conversation says is linked: another one means that somebody changed it. */
  documentId: string | null;
  /** May choose another one, or take it away. */
  canEdit: boolean;
}

/** The entry of the site's own content that stands for a person: templates take their values from it. */
export const LinkedEntry = ({ contactId, documentId, canEdit }: Props) => {
  const { formatMessage } = useIntl();
  const tell = useTellFailure();
  const { entry, reload } = useLinkedEntry(contactId, documentId);
  const [choosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const close = () => {
    setChoosing(false);
    // What had the focus is gone.
    requestAnimationFrame(() => root.current?.focus());
  };
  const act = async (call: Promise<unknown>) => {
    setBusy(true);
    try {
      await call;
      reload();
      close();
    } catch (cause) {
      tell(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex
      ref={root}
      tabIndex={-1}
      direction="column"
      alignItems="flex-start"
      gap={2}
      style={{ flex: 1, minWidth: 0, outline: 'none' }}
    >
      {entry && <Shown entry={entry} />}
      {choosing && (
        <Suspense fallback={null}>
          <LinkedEntryChooser
            busy={busy}
            onChoose={({ contentType, documentId: chosen }) =>
              void act(api.put(pathOf(contactId), { contentType, documentId: chosen }))
            }
            onCancel={close}
          />
        </Suspense>
      )}
      {canEdit && !choosing && entry !== undefined && (
        <Flex gap={2} wrap="wrap">
          <Button variant="tertiary" size="S" startIcon={<LinkIcon />} onClick={() => setChoosing(true)}>
            {formatMessage(t(entry ? 'linked.other' : 'linked.choose'))}
          </Button>
          {entry && (
            <Button
              variant="tertiary"
              size="S"
              loading={busy}
              onClick={() => void act(api.del(pathOf(contactId)))}
            >
              {formatMessage(t('linked.remove'))}
            </Button>
          )}
        </Flex>
      )}
    </Flex>
  );
};
