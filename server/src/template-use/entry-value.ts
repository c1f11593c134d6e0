import type { Path } from './path';
import { fromBlocks, fromMarkdown } from './plain-text';
import { isRecord } from '../collections/record';

/** A file of the Media Library, as far as a header needs it. */
export interface LibraryFileFacts {
  id: number;
  name: string | null;
  url: string;
  mime: string;
  /** Changes when the file is replaced. */
  version: string;
}

export type Scalar = string | number | boolean | Date;

/** What stands at a path: several when it leads through a relation to many or a repeatable component. */
export interface EntryValue {
  type: string;
  scalars: Scalar[];
  files: LibraryFileFacts[];
}

/** A relation to thousands is no sentence. */
const MOST = 20;

const manyOf = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : [value]).filter(isRecord).slice(0, MOST);

const scalarOf = (value: unknown, type: string): Scalar[] => {
  if (type === 'blocks') return [fromBlocks(value)];
  if (type === 'richtext' && typeof value === 'string') return [fromMarkdown(value)];
  const plain =
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value instanceof Date;
  return plain ? [value] : [];
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const fileOf = (file: Record<string, unknown>): LibraryFileFacts => ({
  id: Number(file.id),
  name: text(file.name),
  url: text(file.url) ?? '',
  mime: text(file.mime) ?? '',
  version: `${String(file.hash ?? '')}:${String(file.updatedAt ?? '')}`,
});

const isEmpty = (scalar: Scalar): boolean => typeof scalar === 'string' && scalar.trim() === '';

/** Reads a path out of an entry that was loaded for it; whatever is not there is simply empty. */
export const valueAt = (entry: Record<string, unknown>, { steps, name, type }: Path): EntryValue => {
  let places = [entry];
  for (const step of steps) {
    const inside = places.flatMap((place) => manyOf(place[step.name]));
    // Of a zone, the first block that has such a field.
    places =
      step.kind === 'zone'
        ? inside.filter(({ __component: uid }) => step.components.includes(String(uid))).slice(0, 1)
        : inside.slice(0, MOST);
  }
  if (type === 'media') {
    return { type, scalars: [], files: places.flatMap((place) => manyOf(place[name])).map(fileOf) };
  }
  const scalars = places.flatMap((place) => scalarOf(place[name], type)).filter((each) => !isEmpty(each));
  return { type, scalars, files: [] };
};
