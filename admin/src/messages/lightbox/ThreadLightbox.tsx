import { lazy, Suspense, useMemo } from 'react';
import type { Message } from '../../../../server/src/messages/contract';
import { sameItems, useStore } from '../../store/use-store';
import { mediaTypeOf } from '../bubble/template';
import { threadStore } from '../thread-store';
import type { ThreadState } from '../thread-state';

const Lightbox = lazy(() => import('./Lightbox').then(({ Lightbox: Box }) => ({ default: Box })));

const picturesOf = ({ keys, byKey }: ThreadState): Message[] =>
  keys
    .map((key) => byKey[key]!)
    .filter((message) => Boolean(message.media?.url) && mediaTypeOf(message) === 'image');

interface Props {
  conversationId: string;
  /** null: closed. */
  currentId: string | null;
  contactName: string;
  onChange(id: string | null): void;
  onGoTo(id: string): void;
}

/** The lightbox over the photos of one loaded thread; its code comes with the first press. */
export const ThreadLightbox = ({ conversationId, currentId, contactName, onChange, onGoTo }: Props) => {
  const store = useMemo(() => threadStore(conversationId), [conversationId]);
  const pictures = useStore(store, picturesOf, sameItems);
  if (currentId === null || !pictures.some(({ id }) => id === currentId)) return null;
  return (
    <Suspense fallback={null}>
      <Lightbox
        pictures={pictures}
        currentId={currentId}
        contactName={contactName}
        onChange={onChange}
        onClose={() => onChange(null)}
        onGoTo={(id) => {
          onChange(null);
          onGoTo(id);
        }}
      />
    </Suspense>
  );
};
