import { useCallback, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { createResource, useResource } from '../../../api/resource';
import type { TemplatePicker } from '../../../../../server/src/template-use/contract';
import { folded, NO_QUERY, pickSections, type PickGroup } from '../../../templates/picker/pick-list';
import { pickerResource, type PickTarget } from '../../../templates/picker/picker-store';
import type { ComposerMenu } from '../../Composer';
import { opensSlash, slashQuery } from './slash';

/** As many as are taken in at a glance; the rest is one row further. */
const MOST = 7;

const NOTHING: PickGroup[] = [];
/** Stands in until the list is asked for. */
const UNASKED = createResource<TemplatePicker>(() => Promise.reject(new Error('Nobody asked for templates')));

interface Options {
  text: string;
  target: PickTarget;
  enabled: boolean;
  /** null: the list of all templates. */
  onPick(name: string | null): void;
}

/**
 * The menu behind a slash in an empty field: templates, filtered by what follows. Whatever finds nothing is text like any
 * other; nothing that was typed is taken away.
 */
export const useSlash = ({ text, target, enabled, onPick }: Options) => {
  const id = useId();
  const [armed, setArmed] = useState(false);
  const [at, setAt] = useState(0);
  const resource = useMemo(() => (armed ? pickerResource(target) : UNASKED), [armed, target]);
  const { data } = useResource(resource, enabled && armed);
  const q = enabled && armed ? slashQuery(text) : null;
  const groups = useMemo(() => {
    if (q === null || !data) return NOTHING;
    const { recent, favourites, others } = pickSections(data.data, { ...NO_QUERY, q }, data.meta.language);
    const named = (group: PickGroup): number => Number(folded(group.name).includes(folded(q.trim())));
    return [...recent, ...favourites, ...others]
      .filter(({ template }) => template.sendable)
      .sort((a, b) => named(b) - named(a))
      .slice(0, MOST);
  }, [q, data]);
  const open = groups.length > 0;
  // One more: all templates.
  const active = Math.min(at, groups.length);
  const close = useCallback(() => setArmed(false), []);

  const choose = (index: number): void => {
    setArmed(false);
    onPick(groups[index]?.name ?? null);
  };
  return {
    id,
    open,
    groups,
    active,
    choose,
    close,
    look: setAt,
    /** Of an option's element. */
    optionId: (index: number): string => `${id}-${index}`,
    typed(after: string): void {
      if (opensSlash(text, after)) setArmed(true);
      else if (!after.startsWith('/')) setArmed(false);
      setAt(0);
    },
    /** True: the key was for the menu. */
    onKeyDown({ key, shiftKey }: KeyboardEvent): boolean {
      if (!open) return false;
      const count = groups.length + 1;
      if (key === 'ArrowDown') setAt((active + 1) % count);
      else if (key === 'ArrowUp') setAt((active + count - 1) % count);
      else if ((key === 'Enter' && !shiftKey) || (key === 'Tab' && !shiftKey)) choose(active);
      else if (key === 'Escape') close();
      else return false;
      return true;
    },
  };
};

export type Slash = ReturnType<typeof useSlash>;

/** What the field has to know of it. */
export const menuOf = ({ id, open, active, optionId, onKeyDown, close }: Slash): ComposerMenu => ({
  onKeyDown,
  onBlur: close,
  shown: open ? { id, activeId: optionId(active) } : null,
});
