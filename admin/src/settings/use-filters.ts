import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Filters of a list, kept in its address: a filtered list can be linked to and survives a reload.
 * @param names a constant: another array on each render would make everything anew
 */
export const useFilters = <Name extends string>(names: readonly Name[]) => {
  const [search, setSearch] = useSearchParams();
  const values = useMemo(
    () => Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Record<Name, string>,
    [names, search],
  );
  const set = useCallback(
    (name: Name, value: string) =>
      setSearch(
        (old) => {
          const next = new URLSearchParams(old);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const reset = useCallback(() => setSearch({}, { replace: true }), [setSearch]);
  return { values, set, reset, active: names.some((name) => values[name] !== '') };
};

/** The same for a list that can also be narrowed to days; `query` is what the server is asked. */
export const useDatedFilters = <Own extends string>(own: readonly Own[]) => {
  type Name = Own | 'from' | 'to';
  const names = useMemo((): Name[] => [...own, 'from', 'to'], [own]);
  const filters = useFilters(names);
  const { values } = filters;
  const query = {
    ...Object.fromEntries(own.map((name) => [name, values[name] || undefined])),
    from: startOfDay(values.from),
    to: endOfDay(values.to),
  } as Partial<Record<Name, string>>;
  return { ...filters, query };
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The viewer's midnight at the beginning of a day, ms; `after` counts days on. */
const midnight = (day: string, after: number): number => {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year!, month! - 1, date! + after).getTime();
};

/** First and last moment of a calendar day of the viewer; undefined for what is no day. */
export const startOfDay = (day: string): string | undefined =>
  DAY.test(day) ? new Date(midnight(day, 0)).toISOString() : undefined;
export const endOfDay = (day: string): string | undefined =>
  DAY.test(day) ? new Date(midnight(day, 1) - 1).toISOString() : undefined;
