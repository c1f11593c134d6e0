import type { MessageElement } from '../cloud-api/element';
import type { FileSlot, OutgoingContent } from '../outbound/contract';
import type { SendInput } from './send-input';
import { sourceOf, type FileSource } from './send-media';

type Interactive = NonNullable<SendInput['interactive']>;
type Named = FileSource & { id?: string; link?: string; fileName?: string };
type Header = Record<string, unknown> & { type: string };
interface Card {
  header?: Header;
}

const FILES = ['image', 'video', 'document'] as const;
const fileKind = (header: Header | undefined) => FILES.find((kind) => header?.type === kind);

const elementOf = (interactive: unknown): MessageElement =>
  ({ type: 'interactive', interactive }) as unknown as MessageElement;

/** A card as Meta takes it: by its own id or a link. Where the file is one of ours, its id is put in later. */
const withCards = (interactive: Interactive & { action: { cards: Card[] } }): OutgoingContent => {
  const slots: FileSlot[] = [];
  const cards = interactive.action.cards.map((card, index) => {
    const { header } = card;
    const kind = fileKind(header);
    if (!header || !kind) return card;
    const source = sourceOf(header[kind] as Named);
    const { mediaId, url } = source;
    if (source.uploadId !== undefined)
      slots.push({
        source,
        as: kind,
        at: ['interactive', 'action', 'cards', index, 'header', kind],
        fileName: null,
        field: `interactive.action.cards.${index}.header.${kind}`,
      });
    const file = mediaId === undefined ? (url === undefined ? {} : { link: url }) : { id: mediaId };
    return { ...card, header: { type: kind, [kind]: file } };
  });
  const element = elementOf({ ...interactive, action: { ...interactive.action, cards } });
  return { kind: 'message', element, file: null, ...(slots.length > 0 ? { cardFiles: slots } : {}) };
};

/** What can be tapped, with the file of its header and those of its cards told apart from it. */
export const interactiveContent = (input: Interactive): OutgoingContent => {
  if (input.type === 'carousel') return withCards(input as Interactive & { action: { cards: Card[] } });
  const { header, ...rest } = input as Interactive & { header?: Header };
  const kind = fileKind(header);
  if (!header || !kind) return { kind: 'message', element: elementOf(input), file: null };
  const named = header[kind] as Named;
  const { fileName } = named;
  return {
    kind: 'message',
    element: elementOf({
      ...rest,
      header: { type: kind, [kind]: fileName && kind === 'document' ? { filename: fileName } : {} },
    }),
    file: {
      source: sourceOf(named),
      as: kind,
      at: ['interactive', 'header', kind],
      fileName: fileName ?? null,
      field: `interactive.header.${kind}`,
    },
  };
};
