/**
 * What edits make of a message. Meta promises no order, so this is a join: any order and repetition of the same edits
 * ends in the same text and the same history.
 */

/** One wording of a message; `at` in ms. */
export interface Version {
  text: string;
  at: number;
}

export interface Edited {
  text: string;
  content: Record<string, unknown>;
  /** When the message was written, ms. */
  writtenAt: number;
  /** Time of the edit that is shown, ms; 0 for a message that nobody edited. */
  editedAt: number;
}

export interface Edit extends Version {
  content: Record<string, unknown>;
}

/** Belongs to the message whatever its wording: an edit neither brings nor takes it. */
const KEPT = ['forwarded', 'frequentlyForwarded', 'referral', 'referredProduct', 'history', 'standby'];
/** Shown from the edit alone: the message itself never came. */
export const ORIGINAL_UNKNOWN = 'originalUnknown';

const pick = (content: Record<string, unknown>, keys: string[]): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => key in content).map((key) => [key, content[key]]));

const omit = (content: Record<string, unknown>, keys: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(content).filter(([key]) => !keys.includes(key)));

const byTime = (a: Version, b: Version): number => a.at - b.at || (a.text < b.text ? -1 : 1);
const same = (a: Version, b: Version): boolean => a.at === b.at && a.text === b.text;

const earlier = (content: Record<string, unknown>): Version[] =>
  (Array.isArray(content.edits) ? (content.edits as { text?: unknown; at?: unknown }[]) : []).map(
    ({ text, at }) => ({ text: String(text ?? ''), at: Date.parse(String(at)) }),
  );

/** The message after one more edit; the same object when the edit is known already. */
export const withEdit = (before: Edited, edit: Edit): Edited => {
  const past = earlier(before.content);
  const shown = { text: before.text, at: before.editedAt || before.writtenAt };
  const isEdited = before.editedAt > 0;
  const hasOriginal = before.content[ORIGINAL_UNKNOWN] !== true;
  const original = !hasOriginal ? [] : [isEdited ? past[0] : shown];
  const known = isEdited ? [...past.slice(original.length), shown] : [];
  if (known.some((version) => same(version, edit))) return before;
  const edits = [...known, { text: edit.text, at: edit.at }].sort(byTime);
  const last = edits[edits.length - 1];
  const isNewest = same(last, edit);
  const content = isNewest
    ? { ...omit(edit.content, KEPT), ...pick(before.content, [...KEPT, ORIGINAL_UNKNOWN]) }
    : omit(before.content, ['edits']);
  const history = [...original, ...edits.slice(0, -1)];
  return {
    text: last.text,
    content:
      history.length === 0
        ? content
        : {
            ...content,
            edits: history.map(({ text, at }) => ({ text, at: new Date(at).toISOString() })),
          },
    writtenAt: before.writtenAt,
    editedAt: last.at,
  };
};
