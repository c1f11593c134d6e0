/**
 * Cases that only make sense on one kind of database. Elsewhere they are not defined at all: a skipped test counts as a
 * gap, and this is none.
 */
type Define = (name: string, body: () => void | Promise<void>) => void;

const client = process.env.DATABASE_CLIENT ?? 'sqlite';
const nowhere: Define = () => undefined;

export const describeOn = (database: 'sqlite' | 'postgres'): Define =>
  client === database ? (describe as Define) : nowhere;

/** On a database that several processes can use at once. */
export const itOnServer: Define = client === 'sqlite' ? nowhere : (it as Define);
