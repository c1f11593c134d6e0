import { GraphError } from '../cloud-api/graph-error';
import type { GraphClient } from '../cloud-api/client';
import { USUAL_TEMPLATE_LANGUAGE } from '../cloud-api/limits';
import { WhatsAppError } from '../errors';
import type { ConnectedNumber } from '../integrations/registry';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { readListed, type ListedTemplate } from './listing';
import { componentsFor } from './payload';
import { renderTemplate, type RenderedTemplate } from './render';
import { createTemplateRepository, listedOf, type TemplateRow } from './repository';
import { planSync } from './sync-plan';
import type { TemplateDefinition } from './model';
import { isMediaKind, problemsOf, type MediaKind, type MediaReference, type TemplateValues } from './values';

export interface TemplateOrder {
  name: string;
  /** null: the sender named none; the only one there is, else Meta's usual one. */
  language: string | null;
  /** null: the sender built Meta's own components and answers for them. */
  values: TemplateValues | null;
  /** Brings what the sender left out. */
  fill?: FillValues;
  /** Meta's id of a card's file. Absent: only looked at, nothing is sent with the answer. */
  fileIdOf?(kind: MediaKind, reference: MediaReference, field: string): Promise<string>;
}

/** Values with what was missing, and why something still is, by `bindingKey`. */
export type FillValues = (
  template: TemplateDefinition,
  given: TemplateValues,
) => Promise<{ values: TemplateValues; reasons: ReadonlyMap<string, string | null> }>;

export interface PreparedTemplate {
  /** null: those of the sender stay. */
  components: Record<string, unknown>[] | null;
  language: string;
  /** As they go out; null with `components`. */
  values: TemplateValues | null;
  rendered: RenderedTemplate;
}

export type PrepareTemplate = (
  scope: Scope,
  number: ConnectedNumber,
  order: TemplateOrder,
) => Promise<PreparedTemplate | null>;

interface Deps {
  db: Database;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
}

/** How long Meta is not asked again about a name that it did not know, or knew as unsendable. */
const ASKED_MS = 60_000;

const notSendable = (name: string, language: string, status: string): WhatsAppError =>
  new WhatsAppError(
    'template_not_approved',
    `The template "${name}" (${language}) cannot be sent now: WhatsApp lists it as ${status}.`,
    { status },
  );

const notFound = (name: string, language: string | null, languages: string[]): WhatsAppError => {
  const there = `The template "${name}" exists in ${languages.join(', ')}`;
  const named = language === null ? `${there}: say in which to send it.` : `${there}, not in ${language}.`;
  const message = languages.length > 0 ? named : `This number has no template "${name}".`;
  return new WhatsAppError('template_not_found', message, { languages });
};

/** The language that is meant by a sender who names none; null when there are several and none is the usual one. */
const meantOf = (languages: string[]): string | null => {
  if (languages.length === 1) return languages[0];
  return languages.includes(USUAL_TEMPLATE_LANGUAGE) ? USUAL_TEMPLATE_LANGUAGE : null;
};

const assertValues = (
  template: ListedTemplate,
  values: TemplateValues,
  reasons: ReadonlyMap<string, string | null>,
): void => {
  const problems = problemsOf(template, values).map((problem) => {
    const reason = reasons.get(`${problem.component}:${problem.name}`);
    return reason ? { ...problem, reason } : problem;
  });
  if (problems.length === 0) return;
  const names = problems
    .map(({ component, name, problem }) => `${component} ${name} (${problem})`)
    .join(', ');
  throw new WhatsAppError('template_parameters_invalid', `These values do not fit the template: ${names}.`, {
    parameters: problems,
    ...(reasons.size > 0 ? { hint: 'fallback' } : {}),
  });
};

/** Ids for the files of cards: unlike the header's, they have no place of their own in a message of ours. */
const cardFiles = async (
  values: TemplateValues,
  fileIdOf: TemplateOrder['fileIdOf'],
): Promise<Map<unknown, string>> => {
  const ids = new Map<unknown, string>();
  for (const [index, { header }] of (values.cards ?? []).entries()) {
    for (const [kind, reference] of Object.entries(header ?? {})) {
      if (!fileIdOf || !isMediaKind(kind)) continue;
      const id = await fileIdOf(kind, reference as MediaReference, `cards.${index}.header.${kind}`);
      ids.set(reference, id);
    }
  }
  return ids;
};

/**
 * Finds the template that a send names and makes sure that WhatsApp would take it. What is not known here, or known as
 * not sendable, is asked for at Meta first: it may have been approved a minute ago. null when nothing is known and Meta
 * cannot be asked: then Meta decides when it is sent.
 */
export const createPrepareTemplate = ({ db, clientFor, now }: Deps): PrepareTemplate => {
  const asked = new Map<string, number>();
  /** Being asked: sends of the same moment wait for one answer, until it is stored. */
  const asking = new Map<string, Promise<boolean>>();

  const read = async (scope: Scope, number: ConnectedNumber, name: string): Promise<boolean> => {
    const account = number.businessAccountId;
    const askedAt = now();
    const listed: ListedTemplate[] = [];
    try {
      for await (const page of clientFor(number).listTemplates(account, name)) {
        listed.push(...page.flatMap((item) => readListed(item) ?? []).filter((each) => each.name === name));
      }
    } catch (error) {
      if (error instanceof GraphError) return false;
      throw error;
    }
    const repository = createTemplateRepository(db, scope);
    const plan = planSync(await repository.stored(account, name), listed, false);
    await db.transaction(async (tx) => {
      await repository.insert(tx, account, plan.created, askedAt);
      for (const { id, template } of plan.updated) await repository.update(tx, id, template, askedAt);
    });
    return true;
  };

  /** Whether Meta could be asked. */
  const refresh = async (scope: Scope, number: ConnectedNumber, name: string): Promise<boolean> => {
    const key = `${scope.organizationId}:${number.businessAccountId}:${name}`;
    if ((asked.get(key) ?? -Infinity) > now() - ASKED_MS) return true;
    const reading = asking.get(key) ?? read(scope, number, name).finally(() => asking.delete(key));
    asking.set(key, reading);
    const known = await reading;
    if (known) asked.set(key, now());
    if (asked.size > 1_000) asked.delete(asked.keys().next().value as string);
    return known;
  };

  const sendable = (row: TemplateRow | null): boolean =>
    row !== null && row.removed_at === null && listedOf(row).status === 'APPROVED';

  const find = async (
    scope: Scope,
    number: ConnectedNumber,
    { name, language }: TemplateOrder,
  ): Promise<ListedTemplate | null> => {
    const repository = createTemplateRepository(db, scope);
    const account = number.businessAccountId;
    const look = async (): Promise<TemplateRow | null> => {
      const code = language ?? meantOf(await repository.languagesOf(account, name));
      return code === null ? null : repository.byName(account, name, code);
    };
    let row = await look();
    if (!sendable(row)) {
      const known = await refresh(scope, number, name);
      row = await look();
      if (!row && !known) return null;
    }
    if (!row || row.removed_at !== null) {
      throw notFound(name, language, await repository.languagesOf(account, name));
    }
    const template = listedOf(row);
    if (template.status !== 'APPROVED') throw notSendable(name, template.language, template.status);
    return template;
  };

  return async (scope, number, order) => {
    const template = await find(scope, number, order);
    if (!template) return null;
    const { language } = template;
    if (order.values === null)
      return { components: null, language, values: null, rendered: renderTemplate(template) };
    const { values, reasons } = order.fill
      ? await order.fill(template, order.values)
      : { values: order.values, reasons: new Map<string, string | null>() };
    assertValues(template, values, reasons);
    const ids = await cardFiles(values, order.fileIdOf);
    // The id of the header's file is put in when the message goes.
    const components = componentsFor(template, values, (reference) => {
      const id = ids.get(reference);
      return (id === undefined ? {} : { id }) as { id: string };
    });
    return { components, language, values, rendered: renderTemplate(template, values) };
  };
};
