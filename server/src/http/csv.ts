import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { Context } from 'koa';

export interface CsvColumn<T> {
  title: string;
  value(row: T): string | number | null;
}

/** Excel reads UTF-8 as such only behind this mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Lines of a file. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
const linesOf = (records: (string | number | null)[][]): string =>
  stringify(records, { escape_formulas: true });

/** Pages as CSV text, one piece per page: only one page is in memory, however long the list. */
async function* csvOf<T>(columns: CsvColumn<T>[], pages: AsyncIterator<T[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + linesOf([columns.map(({ title }) => title)]);
  for (;;) {
    const page = await pages.next();
    if (page.done) return;
    yield linesOf(page.value.map((row) => columns.map(({ value }) => value(row))));
  }
}

/** Streams a download. The first page is read before the headers go out, so that its trouble is a proper error. */
export const sendCsv = async <T>(
  ctx: Context,
  fileName: string,
  columns: CsvColumn<T>[],
  pages: AsyncGenerator<T[]>,
): Promise<void> => {
  const first = await pages.next();
  const all = (async function* (): AsyncGenerator<T[]> {
    if (first.done) return;
    yield first.value;
    yield* pages;
  })();
  ctx.status = 200;
  ctx.set({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  ctx.body = Readable.from(csvOf(columns, all), { objectMode: false });
};

interface Paged<T> {
  data: T[];
  meta: { nextCursor: string | null };
}

/** All pages of a list, one after the other. */
export async function* allPages<T>(
  page: (cursor: string | undefined) => Promise<Paged<T>>,
): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  for (;;) {
    const { data, meta } = await page(cursor);
    if (data.length > 0) yield data;
    if (meta.nextCursor === null) return;
    cursor = meta.nextCursor;
  }
}
