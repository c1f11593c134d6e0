/** What one message says, in Meta's own naming: the part of a send body that is the same for every recipient. */

/** A file by Meta's id; `null` until it has been uploaded for the number that sends. */
export interface ElementFile {
  id?: string;
  caption?: string;
  filename?: string;
  voice?: boolean;
}

export interface InteractiveElement {
  type: string;
  header?: Record<string, unknown>;
  body?: { text: string };
  footer?: { text: string };
  action: Record<string, unknown>;
}

export interface TemplateElement {
  name: string;
  language: { code: string };
  components?: Record<string, unknown>[];
}

export type MessageElement =
  | { type: 'text'; text: { body: string; preview_url: boolean } }
  | { type: 'image'; image: ElementFile }
  | { type: 'video'; video: ElementFile }
  | { type: 'audio'; audio: ElementFile }
  | { type: 'document'; document: ElementFile }
  | { type: 'sticker'; sticker: ElementFile }
  | {
      type: 'location';
      location: { latitude: number; longitude: number; name?: string; address?: string };
    }
  | { type: 'contacts'; contacts: Record<string, unknown>[] }
  | { type: 'interactive'; interactive: InteractiveElement }
  | { type: 'template'; template: TemplateElement };

/** Where in an element its one file goes, e.g. `['image']` or `['interactive', 'header', 'image']`. */
export type FilePath = (string | number)[];

/** The element with `{ id }` of an uploaded file put in; the stored one stays as it is. */
export function withFileId<T extends object>(element: T, path: FilePath, id: string): T {
  const copy = structuredClone(element);
  let place = copy as Record<string | number, unknown>;
  for (const step of path) {
    if (typeof place[step] !== 'object' || place[step] === null) place[step] = {};
    place = place[step] as Record<string | number, unknown>;
  }
  place.id = id;
  return copy;
}
