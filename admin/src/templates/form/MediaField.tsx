import { Button, Field, Flex, IconButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, Cross, Images, Upload as UploadIcon } from '@strapi/icons';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { retryUpload, forgetUpload, uploadStore } from '../../messages/attachments/uploads';
import { uploadLoose, type LibraryFile } from '../../messages/attachments/tray';
import { fileSize, safeFileName } from '../../messages/bubble/content';
import { useLibraryOffered } from '../../messages/composer/library-offered';
import { useStore } from '../../store/use-store';
import { t } from '../../translate';
import type { FieldValue } from './fields';

const MediaLibrary = lazy(() =>
  import('../../messages/composer/MediaLibrary').then(({ MediaLibrary: One }) => ({ default: One })),
);

const ACCEPT = { image: 'image/*', video: 'video/mp4,video/3gpp', document: undefined } as const;

interface Props {
  name: string;
  kind: keyof typeof ACCEPT;
  label: string;
  integrationId: string;
  value: FieldValue;
  error?: string;
  hint?: string;
  /** Chip and menu beside the label. */
  tools?: ReactNode;
  onChange(value: FieldValue): void;
}

/** The file of a header: from this computer or from the Media Library; uploads while the rest is filled in. */
export const MediaField = ({
  name,
  kind,
  label,
  integrationId,
  value,
  error,
  hint,
  tools,
  onChange,
}: Props) => {
  const { formatMessage, locale } = useIntl();
  const input = useRef<HTMLInputElement>(null);
  const [library, setLibrary] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const offered = useLibraryOffered();
  const { file, given } = value;
  const upload = useStore(uploadStore, (all) => (file ? all[file.key] : undefined));

  const take = (source: File | LibraryFile) => {
    const taken = uploadLoose(source, kind, integrationId);
    if ('problem' in taken) {
      const { problem, limitBytes } = taken;
      setRefusal(
        formatMessage(t(`tray.problem.${problem}`), {
          name: safeFileName(source.name),
          limit: fileSize(limitBytes, locale),
        }),
      );
      return;
    }
    if (file) forgetUpload(file.key);
    setRefusal(null);
    onChange({ text: '', file: taken });
  };
  const clear = () => {
    if (file) forgetUpload(file.key);
    onChange({ text: '' });
  };

  const state = () => {
    if (upload?.state === 'failed') return upload.error?.message ?? formatMessage(t('form.uploadFailed'));
    if (upload?.state === 'uploading') {
      return formatMessage(t('upload.progress'), { percent: Math.round(upload.progress * 100) });
    }
    return file ? fileSize(upload?.upload?.size ?? file.size, locale) : '';
  };
  const shownName =
    file?.name ?? (typeof given?.fileName === 'string' ? given.fileName : formatMessage(t('form.fileGiven')));
  return (
    <Field.Root
      name={name}
      hint={hint}
      required
      error={refusal ?? (upload?.state === 'failed' ? state() : error)}
    >
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <Field.Label>{label}</Field.Label>
        {tools}
      </Flex>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPT[kind]}
        data-testid={name}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          // The same file may be chosen again after it was taken away.
          event.target.value = '';
          if (chosen) take(chosen);
        }}
      />
      {file || given ? (
        <Flex
          gap={2}
          padding={2}
          paddingLeft={3}
          hasRadius
          background="neutral100"
          justifyContent="space-between"
        >
          <Typography textColor="neutral800" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <bdi>{safeFileName(shownName)}</bdi>{' '}
            <Typography variant="pi" textColor="neutral600">
              {upload?.state === 'failed' ? '' : state()}
            </Typography>
          </Typography>
          <Flex gap={1} shrink={0}>
            {file && upload?.state === 'failed' && (
              <IconButton
                variant="ghost"
                size="S"
                label={formatMessage(t('common.retry'))}
                onClick={() => retryUpload(file.key)}
              >
                <ArrowClockwise />
              </IconButton>
            )}
            <IconButton
              variant="ghost"
              size="S"
              label={formatMessage(t('tray.remove'), { name: safeFileName(shownName) })}
              onClick={clear}
            >
              <Cross />
            </IconButton>
          </Flex>
        </Flex>
      ) : (
        <Flex gap={2} wrap="wrap">
          <Button
            type="button"
            variant="tertiary"
            startIcon={<UploadIcon />}
            data-field={name}
            onClick={() => input.current?.click()}
          >
            {formatMessage(t('form.chooseFile'))}
          </Button>
          {offered && (
            <Button type="button" variant="tertiary" startIcon={<Images />} onClick={() => setLibrary(true)}>
              {formatMessage(t('attach.library'))}
            </Button>
          )}
        </Flex>
      )}
      <Field.Hint />
      <Field.Error />
      {library && (
        <Suspense fallback={null}>
          <MediaLibrary
            onChoose={([first]) => {
              if (first) take(first);
            }}
            onClose={() => setLibrary(false)}
          />
        </Suspense>
      )}
    </Field.Root>
  );
};
