import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Filters of a list, kept in its address: a filtered list can be linked to and survives a reload. */
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

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day of the viewer as the moment at which it begins; `after` counts days on. undefined for no day. */
export const startOfDay = (day: string, after = 0): string | undefined => {
  if (!DAY.test(day)) return undefined;
  const [year, month, date] = day.split('-').map(Number);
  const at = new Date(year!, month! - 1, date! + after);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};
