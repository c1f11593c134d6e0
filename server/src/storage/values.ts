/** What a statement may be given for a placeholder. */
export type Param = string | number | bigint | Date | Buffer | null;

/** A value of a row set. */
export type Cell = string | number | null;

export type ColumnType = 'int' | 'text' | 'json';
