/** Options that all our content types share: no drafts, and not in the content manager (our own pages show them). */
export const hiddenCollection = () => ({
  kind: 'collectionType' as const,
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
});

/** A plain FK column `<attribute>_id` instead of a link table. */
export const belongsTo = (target: string) => ({
  type: 'relation' as const,
  relation: 'manyToOne' as const,
  target,
  useJoinTable: false,
});

/** Milliseconds since 1970 (a new object each: Strapi writes column names into attributes): sorts and compares alike on every database, with no time zone to get wrong. */
export const instant = () => ({ type: 'biginteger' as const });

/** Tenant and number of a row, without the index and constraint that a relation adds to each hot insert. */
export const scopeColumn = () => ({ type: 'integer' as const, column: { notNullable: true } });

/** A required word of at most that many characters: 255 would be too few, or keys of several of them too long for MySQL. */
export const wordOf = (length: number) => ({
  type: 'string' as const,
  column: { notNullable: true, args: [length] },
});
