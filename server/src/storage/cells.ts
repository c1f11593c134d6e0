/** A number of a row, which PostgreSQL hands out as text where it is a bigint; null where there is none. */
export const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
