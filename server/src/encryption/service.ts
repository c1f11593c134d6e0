import type { Database } from '../storage/database';
import type { GetEncryption, Reseal } from './contract';
import { createSealedRows, type SealedRow } from './repository';
import { placeOf, type Secrets } from './secrets';

interface Deps {
  db: Database;
  secrets: Secrets;
  /** Opened secrets are cached elsewhere. */
  onResealed(): void;
}

export const createEncryption = ({ db, secrets, onResealed }: Deps) => {
  const rows = createSealedRows(db);

  const isOld = (row: SealedRow): boolean => row.values.some(({ sealed }) => secrets.isOld(sealed));

  /** All of a row or nothing of it, so that "unreadable" means one thing. */
  const reseal = async (row: SealedRow): Promise<boolean> => {
    const old = row.values.filter(({ sealed }) => secrets.isOld(sealed));
    const opened = old.map(({ column, sealed }) => {
      const place = placeOf(row.table, row.documentId, column);
      const plain = secrets.open(sealed, place);
      return { column, sealed, anew: plain === null ? null : secrets.seal(plain, place) };
    });
    if (opened.some(({ anew }) => anew === null)) return false;
    for (const { column, sealed, anew } of opened) await rows.replace(row, column, anew as string, sealed);
    return true;
  };

  return {
    async state(): Promise<GetEncryption.Response['data']> {
      let sealedRows = 0;
      let oldRows = 0;
      for await (const row of rows.all()) {
        sealedRows += 1;
        if (isOld(row)) oldRows += 1;
      }
      const keys = secrets.keyIds.map((id, index) => ({ id, newest: index === 0 }));
      return { configured: secrets.configured, keys, sealedRows, oldRows };
    },
    /** Brings every row under the newest key. Without any key nothing can be opened, and nothing is touched. */
    async reseal(): Promise<Reseal.Response['data']> {
      const report = { resealed: 0, unreadable: 0 };
      for await (const row of rows.all()) {
        if (!isOld(row)) continue;
        if (secrets.configured && (await reseal(row))) report.resealed += 1;
        else report.unreadable += 1;
      }
      if (report.resealed > 0) onResealed();
      return report;
    },
  };
};

export type Encryption = ReturnType<typeof createEncryption>;
