import type { TemplateForm } from '../form/use-template-form';
import type { PickTarget } from './picker-store';

/** What was filled in and not sent, of this visit: closing the picker loses nothing. */
const kept = new Map<string, TemplateForm>();

type Named = { businessAccountId: string; name: string };

/** By person: what was filled in for one must never stand in the fields of another. */
const personOf = ({ conversationId, integrationId, contactId, phone }: PickTarget): string =>
  conversationId ?? `${integrationId} ${contactId ?? phone ?? ''}`;

const keyOf = (target: PickTarget, { businessAccountId, name }: Named): string =>
  `${personOf(target)} ${businessAccountId} ${name}`;

export const keptForm = (target: PickTarget, template: Named): TemplateForm | null =>
  kept.get(keyOf(target, template)) ?? null;

/** null: it is out, or thrown away. */
export const keepForm = (target: PickTarget, template: Named, form: TemplateForm | null): void => {
  if (form) kept.set(keyOf(target, template), form);
  else kept.delete(keyOf(target, template));
};

export const clearKeptForms = (): void => kept.clear();
