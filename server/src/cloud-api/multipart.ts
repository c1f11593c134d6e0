import { randomBytes } from 'node:crypto';

export interface FilePart {
  name: string;
  fileName: string;
  /** With parameters, e.g. `audio/ogg; codecs=opus`. */
  mimeType: string;
  bytes: Buffer;
}

/** What may stand between quotes in a part's head; Meta reads the extension, and a name from outside may hold anything. */
const quoted = (value: string): string => value.replace(/[\r\n"\\]/g, '_');

/** A `multipart/form-data` body. Written by hand so that type and file name reach Meta exactly as decided. */
export function multipart(
  fields: Record<string, string>,
  file: FilePart,
): { contentType: string; body: Buffer } {
  const boundary = `----whatsapp${randomBytes(16).toString('hex')}`;
  const head = Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('');
  const fileHead =
    `--${boundary}\r\nContent-Disposition: form-data; name="${file.name}"; filename="${quoted(file.fileName)}"\r\n` +
    `Content-Type: ${file.mimeType}\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head + fileHead), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
