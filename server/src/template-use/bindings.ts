import type { Audit } from '../audit/service';
import { invalid } from '../errors';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Template } from '../templates/contract';
import type { TemplateDefinition } from '../templates/model';
import { bindingKey, parametersOf } from '../templates/parameters';
import type { TemplateBinding, TemplateBindings, ValueSource } from './contract';
import type { Entries } from './entries';
import { isContactField } from './look';
import { followPath, type ContentReader } from './path';
import { APPROVED } from './readers';
import { createTemplateUseRepository, type StoredBinding } from './repository';

interface Deps {
  db: Database;
  audit: Audit;
  entries: Entries;
}

type BindingProblem = NonNullable<TemplateBindings['problems']>[number];

/** `body:1 ← contact.name`: what the audit trail keeps of a binding; never what somebody typed. */
const lineOf = ({ parameter, source }: TemplateBinding): string => {
  const place = source.from === 'entry' ? source.contentType : source.from;
  return `${parameter} ← ${place}${source.from === 'text' ? '' : `.${source.path}`}`;
};

const present = ({ parameter, source, format, fallback }: StoredBinding): TemplateBinding => ({
  parameter,
  source,
  ...(format ? { format } : {}),
  ...(fallback === undefined ? {} : { fallback }),
});

const isSame = (a: TemplateBinding, b: TemplateBinding): boolean =>
  JSON.stringify(present(a)) === JSON.stringify(present(b));

/** Where the values of a template come from, kept for its name: its languages share them. */
export const createBindings = ({ db, audit, entries }: Deps) => {
  const keysOf = async (scope: Scope, template: Template): Promise<Set<string>> => {
    const rows = await createTemplateUseRepository(db, scope).languages(template);
    return new Set(
      rows.flatMap((row) => {
        const components: unknown =
          typeof row.components === 'string' ? JSON.parse(row.components) : row.components;
        const definition = { ...template, category: String(row.category ?? ''), components };
        return parametersOf(definition as TemplateDefinition).map(bindingKey);
      }),
    );
  };

  const typesWith = (path: string, reader: ContentReader): string[] =>
    entries
      .types(reader)
      .flatMap(({ uid }) =>
        typeof followPath(entries.schemas, uid, path, reader) === 'string' ? [] : [uid],
      );

  /** Why a source cannot be bound by this person; null when it can. */
  const sourceProblem = (source: ValueSource, reader: ContentReader): string | null => {
    const gone = 'There is no such field, or you may not read it';
    switch (source.from) {
      case 'text':
        return null;
      case 'contact':
        return isContactField(source.path) ? null : 'Contacts have no such field';
      case 'linked':
        return typesWith(source.path, reader).length > 0 ? null : gone;
      default: {
        const path = followPath(entries.schemas, source.contentType, source.path, reader);
        return typeof path === 'string' ? gone : null;
      }
    }
  };

  const problemsOf = (bindings: StoredBinding[], keys: Set<string>): BindingProblem[] =>
    bindings.flatMap(({ parameter, source }): BindingProblem[] => {
      if (!keys.has(parameter)) return [{ parameter, problem: 'parameter_gone' }];
      return sourceProblem(source, APPROVED) === null ? [] : [{ parameter, problem: 'field_gone' }];
    });

  const answer = (bindings: StoredBinding[], keys: Set<string>): TemplateBindings => {
    const problems = problemsOf(bindings, keys);
    return { bindings: bindings.map(present), ...(problems.length > 0 ? { problems } : {}) };
  };

  return {
    stored: async (scope: Scope, template: { businessAccountId: string; name: string }) =>
      (await createTemplateUseRepository(db, scope).settings(template)).bindings,
    async get(scope: Scope, template: Template): Promise<TemplateBindings> {
      const { bindings } = await createTemplateUseRepository(db, scope).settings(template);
      return answer(bindings, await keysOf(scope, template));
    },
    /**
     * Saves all bindings of a template's name. A new one needs a field that the person may read; one that is saved as it
     * was stays approved by whoever saved it first.
     */
    async save(
      scope: Scope,
      template: Template,
      bindings: TemplateBinding[],
      reader: ContentReader,
    ): Promise<TemplateBindings> {
      const repository = createTemplateUseRepository(db, scope);
      const { bindings: before } = await repository.settings(template);
      const keys = await keysOf(scope, template);
      const errors: { path: string; message: string }[] = [];
      const seen = new Set<string>();
      const next = bindings.map((binding, index): StoredBinding => {
        const known = before.find((each) => isSame(each, binding));
        const at = `bindings.${index}`;
        if (seen.has(binding.parameter))
          errors.push({ path: `${at}.parameter`, message: 'Is bound more than once' });
        seen.add(binding.parameter);
        if (known) return known;
        if (!keys.has(binding.parameter))
          errors.push({ path: `${at}.parameter`, message: 'Is no parameter of this template' });
        const problem = sourceProblem(binding.source, reader);
        if (problem) errors.push({ path: `${at}.source.path`, message: problem });
        const { source } = binding;
        return source.from === 'linked' ? { ...binding, types: typesWith(source.path, reader) } : binding;
      });
      if (errors.length > 0) throw invalid(errors);
      await db.transaction(async (tx) => {
        await repository.saveBindings(tx, template, next);
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'template.bind',
          target: { type: 'template', id: template.id, label: template.name },
          before: { bindings: before.map(lineOf) },
          after: { bindings: next.map(lineOf) },
        });
      });
      return answer(next, keys);
    },
  };
};

export type Bindings = ReturnType<typeof createBindings>;
