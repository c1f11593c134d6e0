/** A file as the preview shows it. */
export interface PreviewMedia {
  /** Shown only from our own origin or out of this page (`blob:`): the panel's content policy blocks all others. */
  url: string | null;
  mimeType?: string | null;
  fileName?: string | null;
}

/**
 * Finds the file of a header: of the whole template (`card` null) or of a card (from 0). null: there is none yet, a
 * placeholder stands in its place. `elsewhere`: the caller shows it itself.
 */
export type MediaOf = (card: number | null) => PreviewMedia | 'elsewhere' | null;

/** Whether the panel's content policy lets a picture or film of this address be shown. */
export const isShowable = (url: string | null): url is string =>
  url !== null && (/^(blob:|data:image\/|\/(?!\/))/.test(url) || url.startsWith(window.location.origin));
