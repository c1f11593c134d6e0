/** A text with what is selected of it. */
export interface Selected {
  text: string;
  from: number;
  to: number;
}

/** Puts WhatsApp's sign for bold and the like around the selection, or takes it away; blanks at its edges stay outside. */
export const marked = ({ text, from, to }: Selected, sign: string): Selected => {
  const inner = text.slice(from, to);
  const start = from + (inner.length - inner.trimStart().length);
  const end = inner.trim() === '' ? start : to - (inner.length - inner.trimEnd().length);
  const around =
    text.slice(start - sign.length, start) === sign && text.slice(end, end + sign.length) === sign;
  if (around && start >= sign.length) {
    return {
      text: text.slice(0, start - sign.length) + text.slice(start, end) + text.slice(end + sign.length),
      from: start - sign.length,
      to: end - sign.length,
    };
  }
  return {
    text: text.slice(0, start) + sign + text.slice(start, end) + sign + text.slice(end),
    from: start + sign.length,
    to: end + sign.length,
  };
};

/** Puts something in place of the selection, with blanks where words would stick to it. */
export const inserted = ({ text, from, to }: Selected, piece: string): Selected => {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const lead = /[\p{L}\p{N}}]$/u.test(before) ? ' ' : '';
  const tail = /^[\p{L}\p{N}{]/u.test(after) ? ' ' : '';
  const at = before.length + lead.length + piece.length;
  return { text: before + lead + piece + tail + after, from: at, to: at };
};
