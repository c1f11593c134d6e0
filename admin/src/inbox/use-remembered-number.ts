import { useCallback, useState } from 'react';
import { organizationStore } from '../api/organization';
import { readJson, writeJson } from '../store/local';

const keyOf = (userId: string) =>
  ['whatsapp:number', userId, organizationStore.get().slug].filter(Boolean).join(':');

/** The number that a person chose to look at, kept in this browser; null stands for all of them. */
export const useRememberedNumber = (userId: string) => {
  const [number, setNumber] = useState<string | null>(() => {
    const stored = readJson<unknown>(keyOf(userId));
    return typeof stored === 'string' ? stored : null;
  });
  const remember = useCallback(
    (id: string | null) => {
      setNumber(id);
      writeJson(keyOf(userId), id);
    },
    [userId],
  );
  return [number, remember] as const;
};
