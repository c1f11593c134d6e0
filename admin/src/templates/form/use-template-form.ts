import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type {
  ResolvedValues,
  ResolveValues,
  TemplateBinding,
  TemplateBindings,
  ValueProblemKey,
  ValueSource,
} from '../../../../server/src/template-use/contract';
import type { Template } from '../../../../server/src/templates/contract';
import { parametersOf } from '../../../../server/src/templates/parameters';
import { renderTemplate } from '../../../../server/src/templates/render';
import { api } from '../../api/client';
import { report } from '../../design/report';
import { EMPTY, fieldProblems, fromValues, toValues, type FieldValue, type FieldValues } from './fields';

export type FieldSource = ResolvedValues['parameters'][number]['source'];
export type ChosenEntry = NonNullable<ResolveValues['entry']> & { label: string };

/** Whom the values are for. */
export type Subject = { conversationId: string } | { contactId: string } | null;

const valuesPath = (id: string): string => `/templates/${encodeURIComponent(id)}/values`;
const bindingsPath = (id: string): string => `/templates/${encodeURIComponent(id)}/bindings`;

const entryOf = (entry: ChosenEntry | null): Pick<ResolveValues, 'entry'> => {
  if (!entry) return {};
  const { contentType, documentId, locale } = entry;
  return { entry: { contentType, documentId, ...(locale ? { locale } : {}) } };
};

export interface TemplateForm {
  fields: FieldValues;
  sources: Record<string, FieldSource>;
  /** Bindings that were chosen here, by parameter. */
  chosen: Record<string, TemplateBinding>;
  entry: ChosenEntry | null;
  /** Content type of which an entry is to be chosen. */
  needsEntry: string | null;
  /** Why bindings gave nothing, by parameter. */
  notes: Record<string, ValueProblemKey | null>;
}

export const EMPTY_TEMPLATE_FORM: TemplateForm = {
  fields: {},
  sources: {},
  chosen: {},
  entry: null,
  needsEntry: null,
  notes: {},
};

/** Another source for a parameter leaves what stands in when it is empty; the same one leaves how it is written too. */
export const overSaved = (saved: TemplateBinding | undefined, chosen: TemplateBinding): TemplateBinding => {
  const isSame = JSON.stringify(saved?.source) === JSON.stringify(chosen.source);
  return {
    ...(saved?.fallback === undefined ? {} : { fallback: saved.fallback }),
    ...(isSame && saved?.format ? { format: saved.format } : {}),
    ...chosen,
  };
};

/** What a person put in themselves: it has no source. */
const typedIn = ({ fields, sources }: TemplateForm): Set<string> =>
  new Set(
    Object.keys(fields).filter((key) => !sources[key] && JSON.stringify(fields[key]) !== '{"text":""}'),
  );

/**
 * The fields of one send: filled from bindings, changed by hand, and drawn on each keystroke without asking anybody.
 * What was typed is never overwritten by an answer that comes later.
 * @param initial what stood in the fields before, e.g. in another language of the same name
 */
export const useTemplateForm = (template: Template, subject: Subject, initial: TemplateForm) => {
  const parameters = useMemo(() => parametersOf(template), [template]);
  const [form, setForm] = useState<TemplateForm>(initial);
  const [loading, setLoading] = useState(true);
  const typed = useRef(typedIn(initial));
  // Only the answer to the latest question counts.
  const asked = useRef(0);
  const subjectKey = JSON.stringify(subject);

  const ask = useCallback(
    (entry: ChosenEntry | null, bindings?: TemplateBinding[]) =>
      api.post<{ data: ResolvedValues }>(valuesPath(template.id), {
        ...(JSON.parse(subjectKey) as object | null),
        ...entryOf(entry),
        ...(bindings ? { bindings } : {}),
      } satisfies ResolveValues),
    [template.id, subjectKey],
  );

  /** Takes an answer into the fields that nobody typed into. */
  const take = useCallback(
    (answer: ResolvedValues, only?: ReadonlySet<string>) =>
      setForm((old) => {
        const found = fromValues(
          answer.parameters.map(({ parameter }) => parameter),
          answer.values,
        );
        const fields = { ...old.fields };
        const sources = { ...old.sources };
        const notes = { ...old.notes };
        for (const { key, source, problem } of answer.parameters) {
          if (only ? !only.has(key) : typed.current.has(key) || key in old.chosen) continue;
          fields[key] = found[key] ?? EMPTY;
          sources[key] = source;
          notes[key] = problem;
        }
        return { ...old, fields, sources, notes, needsEntry: answer.needsEntry ?? old.needsEntry };
      }),
    [],
  );

  const fill = useCallback(
    async (entry: ChosenEntry | null, chosen: TemplateBinding[]) => {
      const mine = ++asked.current;
      setLoading(true);
      try {
        const saved = (await ask(entry)).data;
        if (mine !== asked.current) return;
        take(saved);
        if (chosen.length > 0) {
          const own = (await ask(entry, chosen)).data;
          if (mine === asked.current) take(own, new Set(chosen.map(({ parameter }) => parameter)));
        }
      } catch (cause) {
        // The fields stay as they are and can be typed into: a prefill is help, not a condition.
        report('A template could not be filled in', cause);
      } finally {
        if (mine === asked.current) setLoading(false);
      }
    },
    [ask, take],
  );

  const nothing = parameters.length === 0;
  useEffect(() => {
    if (nothing) return setLoading(false);
    void fill(initial.entry, Object.values(initial.chosen));
    return () => {
      asked.current += 1;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `initial` is what there was when the template was chosen
  }, [fill, nothing]);

  const set = useCallback((key: string, field: FieldValue) => {
    typed.current.add(key);
    setForm((old) => {
      const { [key]: _gone, ...chosen } = old.chosen;
      return {
        ...old,
        fields: { ...old.fields, [key]: field },
        sources: { ...old.sources, [key]: null },
        notes: { ...old.notes, [key]: null },
        chosen,
      };
    });
  }, []);

  const bind = useCallback(
    (key: string, source: ValueSource, fallback?: string) => {
      typed.current.delete(key);
      const binding: TemplateBinding = { parameter: key, source, ...(fallback ? { fallback } : {}) };
      const contentType = source.from === 'entry' ? source.contentType : null;
      setForm((old) => ({
        ...old,
        chosen: { ...old.chosen, [key]: binding },
        fields: { ...old.fields, [key]: EMPTY },
        sources: { ...old.sources, [key]: source },
        needsEntry: contentType ?? old.needsEntry,
        entry: contentType && old.entry?.contentType !== contentType ? null : old.entry,
      }));
      const entry = contentType && form.entry?.contentType !== contentType ? null : form.entry;
      const mine = ++asked.current;
      ask(entry, [binding]).then(
        ({ data }) => {
          if (mine === asked.current) take(data, new Set([key]));
        },
        (cause: unknown) => report('A field could not be read', cause),
      );
    },
    [ask, form.entry, take],
  );

  const chooseEntry = useCallback(
    (entry: ChosenEntry | null) => {
      setForm((old) => ({ ...old, entry }));
      void fill(entry, Object.values(form.chosen));
    },
    [fill, form.chosen],
  );

  const saveBindings = useCallback(async () => {
    const { data } = await api.get<{ data: TemplateBindings }>(bindingsPath(template.id));
    const kept = data.bindings.filter(({ parameter }) => !(parameter in form.chosen));
    const chosen = Object.values(form.chosen).map((binding) =>
      overSaved(
        data.bindings.find(({ parameter }) => parameter === binding.parameter),
        binding,
      ),
    );
    await api.put(bindingsPath(template.id), { bindings: [...kept, ...chosen] });
  }, [form.chosen, template.id]);

  const values = useMemo(() => toValues(parameters, form.fields), [parameters, form.fields]);
  const rendered = useMemo(() => renderTemplate(template, values), [template, values]);
  // What the person may send but not see is filled in by the server.
  const hidden = useMemo(
    () => Object.keys(form.notes).filter((key) => form.notes[key] === 'hidden' && !form.fields[key]?.text),
    [form.notes, form.fields],
  );
  const problems = useMemo(() => {
    const all = fieldProblems(template, values);
    return Object.fromEntries(Object.entries(all).filter(([key]) => !hidden.includes(key)));
  }, [template, values, hidden]);
  const bound = hidden.length > 0 ? entryOf(form.entry) : undefined;
  return {
    parameters,
    form,
    loading,
    values,
    rendered,
    problems,
    bound,
    set,
    bind,
    chooseEntry,
    saveBindings,
  };
};

export type UsedTemplateForm = ReturnType<typeof useTemplateForm>;
