import { useMediaQuery } from '@strapi/strapi/admin';
import { useCallback, useState } from 'react';
import { clampPane } from '../design/Splitter';
import { readJson, writeJson } from '../store/local';

export interface Panes {
  /** List and thread beside each other; otherwise one pane per address. */
  sideBySide: boolean;
  subNav: boolean;
  /** The details have a column of their own; otherwise they lie over the thread. */
  detailsColumn: boolean;
  defaultList: number;
}

/** How many panes the width allows: from 1360, 1080 and 768 px up, else one. */
export const usePanes = (): Panes => {
  const wide = useMediaQuery('(min-width: 1360px)');
  const large = useMediaQuery('(min-width: 1080px)');
  const medium = useMediaQuery('(min-width: 768px)');
  return {
    sideBySide: medium,
    subNav: large,
    detailsColumn: wide,
    defaultList: wide ? 320 : large ? 300 : 280,
  };
};

/** A pane's width in px, remembered per user in this browser. */
export const usePaneWidth = (userId: string, pane: 'list' | 'details', fallback: number) => {
  const key = `whatsapp:width:${pane}:${userId}`;
  const [chosen, setChosen] = useState<number | null>(() => {
    const stored = readJson<number>(key);
    return typeof stored === 'number' ? clampPane(stored) : null;
  });
  const set = useCallback(
    (width: number) => {
      setChosen(width);
      writeJson(key, width);
    },
    [key],
  );
  return [chosen ?? fallback, set] as const;
};
