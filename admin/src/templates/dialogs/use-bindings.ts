import { useCallback, useEffect, useMemo, useState } from 'react';
import type {
  ResolvedValues,
  TemplateBinding,
  TemplateBindings,
} from '../../../../server/src/template-use/contract';
import type { Template } from '../../../../server/src/templates/contract';
import type { TemplateValues } from '../../../../server/src/templates/values';
import { api } from '../../api/client';
import { report } from '../../design/report';
import type { ChosenEntry } from '../form/use-template-form';
import { useLoaded } from './use-loaded';

const WAIT_MS = 250;

/** Bindings while they are changed, and what they make of one contact and entry. */
export const useBindings = (template: Template, contactId: string | null, entry: ChosenEntry | null) => {
  const base = `/templates/${encodeURIComponent(template.id)}`;
  const { loaded, reload } = useLoaded<{ data: TemplateBindings }>(`${base}/bindings`);
  const saved = loaded && 'data' in loaded ? loaded.data.data.bindings : null;
  const [changes, setChanges] = useState<Record<string, TemplateBinding | null>>({});
  const [resolved, setResolved] = useState<ResolvedValues | null>(null);

  const bindings = useMemo(() => {
    const all = new Map((saved ?? []).map((binding) => [binding.parameter, binding]));
    for (const [key, binding] of Object.entries(changes)) {
      if (binding) all.set(key, binding);
      else all.delete(key);
    }
    return [...all.values()];
  }, [saved, changes]);

  useEffect(() => {
    if (saved === null) return;
    let current = true;
    const timer = setTimeout(() => {
      const body = {
        bindings,
        ...(contactId ? { contactId } : {}),
        ...(entry ? { entry: { contentType: entry.contentType, documentId: entry.documentId } } : {}),
      };
      api.post<{ data: ResolvedValues }>(`${base}/values`, body).then(
        ({ data }) => {
          if (current) setResolved(data);
        },
        // The preview keeps what it showed last; saving tells what is wrong.
        (cause: unknown) => report('Bindings could not be tried out', cause),
      );
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [base, saved, bindings, contactId, entry]);

  return {
    loaded,
    reload,
    bindings,
    changed: Object.keys(changes).length > 0,
    values: (resolved?.values ?? {}) as TemplateValues,
    needsEntry: resolved?.needsEntry ?? null,
    change: useCallback(
      (key: string, binding: TemplateBinding | null) => setChanges((old) => ({ ...old, [key]: binding })),
      [],
    ),
    save: () => api.put(`${base}/bindings`, { bindings } satisfies TemplateBindings),
  };
};
