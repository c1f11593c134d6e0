import { useState } from 'react';
import { CAPTION_MAX } from '../../../../server/src/cloud-api/limits';
import { useStore } from '../../store/use-store';
import { takesCaption } from '../attachments/check';
import {
  addFiles,
  refusedStore,
  removeItem,
  setCaption,
  takeTray,
  trayStore,
  type Refused,
  type TrayItem,
} from '../attachments/tray';
import { uploadStore } from '../attachments/uploads';
import { draftStore, setDraft } from '../drafts';

const NONE: TrayItem[] = [];
const NO_REFUSED: Refused[] = [];

/** The files of one conversation, and which of them the field's words belong to. */
export const useTray = (conversationId: string, integrationId: string) => {
  const items = useStore(trayStore, (all) => all[conversationId] ?? NONE);
  const refused = useStore(refusedStore, (all) => all[conversationId] ?? NO_REFUSED);
  const [chosenKey, setChosen] = useState<string | null>(null);
  const chosen = items.find(({ key }) => key === chosenKey) ?? items[0] ?? null;
  const failed = useStore(uploadStore, (all) => items.some(({ key }) => all[key]?.state === 'failed'));
  const target = { conversationId, integrationId };

  /** What stood in the field becomes the words of the first file: that is why it was added. */
  const moveDraftIn = () => {
    const draft = draftStore.get()[conversationId] ?? '';
    const [first] = trayStore.get()[conversationId] ?? NONE;
    if (!first || draft === '' || draft.length > CAPTION_MAX || !takesCaption(first.kind)) return;
    setCaption(conversationId, first.key, draft);
    setDraft(conversationId, '');
  };

  return {
    items,
    refused,
    chosen,
    choose: setChosen,
    /** Nothing of it has failed, so it can go; uploads that still run are waited for. */
    sendable: items.length > 0 && !failed,
    blocked: failed,
    caption: chosen && {
      of: chosen.name,
      max: CAPTION_MAX,
      allowed: takesCaption(chosen.kind),
    },
    add(files: File[]) {
      const wasEmpty = items.length === 0;
      addFiles(target, files);
      if (wasEmpty) moveDraftIn();
    },
    setCaption: (text: string) => chosen && setCaption(conversationId, chosen.key, text),
    take: () => takeTray(conversationId),
    /** Gives the words of the last file back to the field. */
    clear() {
      const words = items.map(({ caption }) => caption).find(Boolean);
      items.forEach(({ key }) => removeItem(conversationId, key));
      if (words && !draftStore.get()[conversationId]) setDraft(conversationId, words);
    },
  };
};
