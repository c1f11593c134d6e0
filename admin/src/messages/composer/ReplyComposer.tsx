import { Layout, Microphone } from '@strapi/icons';
import { forwardRef, lazy, Suspense, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Conversation } from '../../../../server/src/conversations/contract';
import { useStore } from '../../store/use-store';
import { t } from '../../translate';
import type { Message } from '../api-types';
import { addFromLibrary, addRecording } from '../attachments/tray';
import { Composer, type ComposerHandle } from '../Composer';
import { Frame } from '../composer-parts';
import { draftStore, setDraft } from '../drafts';
import type { JobContent } from '../job-content';
import { sendContent, type Timing } from '../sending';
import { AttachMenu, type Extra } from './AttachMenu';
import { EmojiButton } from './EmojiButton';
import { Extras } from './extras';
import { useLibraryOffered } from './library-offered';
import { ScheduleButton } from './ScheduleButton';
import { slashQuery } from './slash/slash';
import { SlashMenu } from './slash/SlashMenu';
import { menuOf, useSlash } from './slash/use-slash';
import { ToolButton } from './tool-styles';
import { useTyping } from './typing';
import { useTray } from './use-tray';

/** On phones the attachment menu has it: the field needs the room. */
const TemplateTool = styled(ToolButton)`
  @media (max-width: 519px) {
    display: none;
  }
`;

const Tray = lazy(() => import('./Tray').then(({ Tray: One }) => ({ default: One })));
const Recorder = lazy(() => import('./Recorder').then(({ Recorder: One }) => ({ default: One })));

export interface ReplyHandle {
  focus(): void;
  addFiles(files: File[]): void;
}

interface Props {
  conversation: Conversation;
  contactName: string;
  replyTo: Message | null;
  /** Whether this number shows "typing…" to people. */
  tellTyping: boolean;
  /** Opens the templates, and asks for them ahead; null where none may be sent. */
  pick: { open(found?: { name: string | null }): void; warm(): void } | null;
  onCancelReply(): void;
  /** Something was handed over to be sent. */
  onSent(): void;
}

/** The composer of a conversation: text, files, voice, and everything else that WhatsApp takes. */
export const ReplyComposer = forwardRef<ReplyHandle, Props>((props, ref) => {
  const { conversation, contactName, replyTo, tellTyping, pick, onCancelReply, onSent } = props;
  const { id, integrationId } = conversation;
  const { formatMessage } = useIntl();
  const field = useRef<ComposerHandle>(null);
  const draft = useStore(draftStore, (drafts) => drafts[id] ?? '');
  const tray = useTray(id, integrationId);
  const [extra, setExtra] = useState<Extra | null>(null);
  const [recording, setRecording] = useState(false);
  const typed = useTyping(id, tellTyping);
  const library = useLibraryOffered();
  const hasTray = tray.items.length > 0 || tray.refused.length > 0;
  const filled = tray.items.length > 0;
  const value = filled ? (tray.chosen?.caption ?? '') : draft;

  const target = useMemo(() => ({ conversationId: id, integrationId }), [id, integrationId]);
  const slash = useSlash({
    text: draft,
    target,
    enabled: pick !== null && !filled,
    onPick: (name) => pick?.open({ name }),
  });

  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    addFiles(files) {
      tray.add(files);
      field.current?.focus();
    },
  }));

  const put = (contents: JobContent[], timing: Timing | null = null) => {
    // Only the first of several answers the quoted message, as on the phone.
    contents.forEach((content, index) => sendContent(id, content, index === 0 ? replyTo : null, timing));
    onSent();
  };
  const send = (text: string, timing: Timing | null = null) => {
    if (filled) {
      if (!tray.sendable) return;
      put(
        tray.take().map((item) => ({ type: 'file' as const, item })),
        timing,
      );
      return;
    }
    if (text === '') return;
    put([{ type: 'text', body: text }], timing);
    setDraft(id, '');
  };
  const onChange = (text: string) => {
    if (filled) return tray.setCaption(text);
    slash.typed(text);
    setDraft(id, text);
    // Whoever looks for a template is not writing yet.
    if (text.trim() !== '' && slashQuery(text) === null) typed();
  };

  if (recording) {
    return (
      <Frame>
        <Suspense fallback={<div style={{ height: 42 }} />}>
          <Recorder
            onDiscard={() => setRecording(false)}
            onSend={(blob) => {
              setRecording(false);
              put([{ type: 'file', item: addRecording({ conversationId: id, integrationId }, blob) }]);
            }}
          />
        </Suspense>
      </Frame>
    );
  }

  const windowEnds = conversation.windowExpiresAt ? Date.parse(conversation.windowExpiresAt) : null;
  const recordLabel = formatMessage(t('record.start'));
  return (
    <>
      <Composer
        ref={field}
        value={value}
        contactName={contactName}
        replyTo={replyTo}
        onChange={onChange}
        onSend={send}
        onCancelReply={onCancelReply}
        loaded={tray.sendable}
        blocked={tray.blocked}
        caption={tray.caption}
        onFiles={tray.add}
        menu={pick ? menuOf(slash) : undefined}
        tools={
          <>
            <SlashMenu slash={slash} />
            {hasTray && (
              <Suspense fallback={<div style={{ height: 140 }} />}>
                <Tray
                  conversationId={id}
                  items={tray.items}
                  refused={tray.refused}
                  chosen={tray.chosen?.key ?? null}
                  onChoose={tray.choose}
                />
              </Suspense>
            )}
          </>
        }
        start={
          <>
            <AttachMenu
              library={library}
              templates={pick !== null}
              onFiles={tray.add}
              onExtra={(chosen) => (chosen === 'template' ? pick?.open() : setExtra(chosen))}
            />
            {pick && (
              <TemplateTool
                type="button"
                aria-label={formatMessage(t('picker.open'))}
                title={formatMessage(t('picker.open'))}
                onMouseEnter={pick.warm}
                onFocus={pick.warm}
                onClick={() => pick.open()}
              >
                <Layout aria-hidden />
              </TemplateTool>
            )}
            <EmojiButton onPick={(emoji) => field.current?.insert(emoji)} />
          </>
        }
        end={
          <>
            <ScheduleButton
              disabled={filled ? !tray.sendable : draft.trim() === ''}
              contactName={contactName}
              windowEnds={windowEnds}
              onSchedule={(timing) => send(draft.trim(), timing)}
            />
            {!filled && draft === '' && (
              <ToolButton
                type="button"
                aria-label={recordLabel}
                title={recordLabel}
                onClick={() => setRecording(true)}
              >
                <Microphone aria-hidden />
              </ToolButton>
            )}
          </>
        }
      />
      <Extras
        extra={extra}
        onClose={() => setExtra(null)}
        onSend={(content) => put([content])}
        onLibrary={(files) => addFromLibrary({ conversationId: id, integrationId }, files)}
      />
    </>
  );
});
ReplyComposer.displayName = 'ReplyComposer';
