import { Button, Flex, ProgressBar, Typography } from '@strapi/design-system';
import { CheckCircle, Upload } from '@strapi/icons';
import { useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import type { DraftSample } from '../../../../server/src/template-drafts/contract';
import { ApiError } from '../../api/client';
import { postForm } from '../../api/upload';
import { t } from '../../translate';
import { useBuilder } from './builder-context';
import { draftUrl } from './use-draft-session';

export type SampleFormat = 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'GIF';

const MB = 1_048_576;

/** What Meta takes as header media (cloud-api, supported media). */
const TAKES: Record<SampleFormat, { accept: string; bytes: number }> = {
  IMAGE: { accept: 'image/jpeg,image/png', bytes: 5 * MB },
  VIDEO: { accept: 'video/mp4,video/3gpp', bytes: 16 * MB },
  GIF: { accept: 'video/mp4', bytes: 3.5 * MB },
  DOCUMENT: { accept: 'application/pdf', bytes: 100 * MB },
};

type State =
  | { state: 'idle' }
  | { state: 'sending'; name: string; share: number }
  | { state: 'failed'; name: string; message: string };

/** One upload at a time; choosing another file or leaving the page ends it. */
const useUpload = (onDone: (sample: DraftSample, file: File) => void) => {
  const { draft } = useBuilder();
  const [state, setState] = useState<State>({ state: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const cancel = () => {
    running.current?.abort();
    setState({ state: 'idle' });
  };
  const send = async (file: File) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ state: 'sending', name: file.name, share: 0 });
    const form = new FormData();
    form.append('file', file);
    try {
      const { data } = await postForm<{ data: DraftSample }>(
        `${draftUrl(draft.id)}/sample`,
        form,
        (share) => setState({ state: 'sending', name: file.name, share }),
        mine.signal,
      );
      if (mine.signal.aborted) return;
      onDone(data, file);
      setState({ state: 'idle' });
    } catch (cause) {
      if (mine.signal.aborted) return;
      const message = cause instanceof ApiError ? cause.message : String(cause);
      setState({ state: 'failed', name: file.name, message });
    }
  };
  const refuse = (name: string, message: string) => setState({ state: 'failed', name, message });
  return { state, send, cancel, refuse };
};

interface Props {
  format: SampleFormat;
  /** What Meta knows the sample by; null until there is one. */
  handle: string | null;
  onSample(handle: string): void;
}

/** The file that Meta's reviewers look at. Every message brings its own later. */
export const SampleUpload = ({ format, handle, onSample }: Props) => {
  const { formatMessage, formatNumber } = useIntl();
  const { files, rememberFile } = useBuilder();
  const input = useRef<HTMLInputElement>(null);
  const { state, send, cancel, refuse } = useUpload((sample, file) => {
    // The file is at hand already; the server's address of it would end in some minutes.
    rememberFile(sample.handle, {
      url: URL.createObjectURL(file),
      mimeType: sample.mimeType,
      fileName: sample.fileName,
    });
    onSample(sample.handle);
  });
  const { accept, bytes } = TAKES[format];
  const choose = (file: File) => {
    const megabytes = formatNumber(bytes / MB);
    if (file.size > bytes) refuse(file.name, formatMessage(t('templates.sample.large'), { megabytes }));
    else if (!accept.split(',').includes(file.type)) {
      refuse(file.name, formatMessage(t('templates.sample.type')));
    } else void send(file);
  };
  const name = handle === null ? null : files.get(handle)?.fileName;
  return (
    <Flex direction="column" alignItems="flex-start" gap={2} paddingTop={3}>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-hidden
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) choose(file);
        }}
      />
      <Flex gap={3} wrap="wrap">
        <Button
          type="button"
          size="S"
          variant="secondary"
          startIcon={<Upload />}
          onClick={() => input.current?.click()}
        >
          {formatMessage(t(handle ? 'templates.sample.replace' : 'templates.sample.choose'))}
        </Button>
        {handle && state.state !== 'sending' && (
          <Flex gap={2}>
            <CheckCircle width={16} height={16} fill="success600" aria-hidden />
            <Typography textColor="neutral800">
              <bdi>{name ?? formatMessage(t('templates.sample.there'))}</bdi>
            </Typography>
          </Flex>
        )}
      </Flex>
      <Typography variant="pi" textColor="neutral600">
        {formatMessage(t(`templates.sample.hint.${format}`), { megabytes: formatNumber(bytes / MB) })}
      </Typography>
      <div role="status">
        {state.state === 'sending' && (
          <Flex gap={3} wrap="wrap">
            <Typography textColor="neutral800">
              <bdi>{state.name}</bdi>
            </Typography>
            <ProgressBar
              value={Math.round(state.share * 100)}
              aria-label={formatMessage(t('templates.sample.progress'))}
            />
            <Button type="button" size="S" variant="tertiary" onClick={cancel}>
              {formatMessage(t('common.cancel'))}
            </Button>
          </Flex>
        )}
        {state.state === 'failed' && (
          <Typography textColor="danger600">
            <bdi>{state.name}</bdi>: {state.message}
          </Typography>
        )}
      </div>
    </Flex>
  );
};
