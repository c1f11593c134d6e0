export const text = { type: 'text' } as const;
export const word = { type: 'string' } as const;
export const requiredWord = { type: 'string', column: { notNullable: true } } as const;
export const number = { type: 'integer' } as const;
export const instant = { type: 'biginteger' } as const;
export const requiredInstant = { type: 'biginteger', column: { notNullable: true } } as const;
export const json = { type: 'json' } as const;

/** A table without documents and events, invisible to the content manager and both APIs. */
export interface RawTable {
  name: string;
  tableName: string;
  attributes: Record<string, unknown>;
  indexes?: { name: string; columns: string[]; type?: 'unique' }[];
  foreignKeys?: {
    name: string;
    columns: string[];
    referencedTable: string;
    referencedColumns: string[];
    onDelete: 'CASCADE';
  }[];
}

/** Type of the ids that it points to; MySQL wants both sides alike. */
export const reference = { type: 'integer', column: { unsigned: true, notNullable: true } } as const;

/** The row goes with the one that it points to. */
export const goesWith = (name: string, column: string, referencedTable: string) => ({
  name,
  columns: [column],
  referencedTable,
  referencedColumns: ['id'],
  onDelete: 'CASCADE' as const,
});
