import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** One line per database that keeps files in the folder; no number, so that it is taken for no organization. */
const REGISTER = 'databases.txt';

/**
 * Whose files lie in a folder. Files carry row ids and nothing else: of two databases that share a folder (a copy for
 * trying out, say) each would take the other's files for leftovers. So each signs in before it writes, and while there
 * are two, nobody tidies up. Whoever has gone for good is taken out by deleting its line.
 */
export const createFolderOwners = (directory: string, ownName: () => Promise<string>) => {
  const register = path.join(directory, REGISTER);

  const names = async (): Promise<Set<string>> => {
    const text = await readFile(register, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return new Set(text.split(/\s+/).filter(Boolean));
  };

  return {
    register,
    /** Again changes nothing. */
    async signIn(): Promise<void> {
      const own = await ownName();
      await mkdir(directory, { recursive: true });
      // Appended, so that two that start together both stand there.
      if (!(await names()).has(own)) await appendFile(register, `${own}\n`);
    },
    /** Whether every file in here is this database's. Asked each time: another one may have come since. */
    async isOursAlone(): Promise<boolean> {
      const all = await names();
      return all.size === 1 && all.has(await ownName());
    },
  };
};

export type FolderOwners = ReturnType<typeof createFolderOwners>;
