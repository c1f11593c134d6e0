export interface SseEvent {
  event: string;
  data: string;
  id: string | null;
}

interface Handlers {
  onEvent(event: SseEvent): void;
  /** Comments are the server's heartbeat. */
  onComment(): void;
}

/**
 * Incremental parser of `text/event-stream` (WHATWG HTML §9.2.6) for text that arrives cut anywhere.
 * @returns a function to push decoded chunks into.
 */
export const createSseParser = ({ onEvent, onComment }: Handlers) => {
  let buffer = '';
  let event = '';
  let data: string[] = [];
  let id: string | null = null;

  const dispatch = () => {
    if (data.length > 0) onEvent({ event: event || 'message', data: data.join('\n'), id });
    event = '';
    data = [];
    id = null;
  };

  const takeLine = (line: string) => {
    if (line === '') return dispatch();
    if (line.startsWith(':')) return onComment();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id') id = value;
  };

  return (chunk: string) => {
    buffer += chunk;
    // A trailing CR may be the first half of CRLF: it waits for the next chunk.
    const lines = buffer.split(/\r\n|\n|\r(?!$)/);
    buffer = lines.pop() ?? '';
    lines.forEach(takeLine);
  };
};
