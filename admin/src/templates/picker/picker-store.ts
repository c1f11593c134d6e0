import type { PickerTemplate, TemplatePicker } from '../../../../server/src/template-use/contract';
import { api } from '../../api/client';
import { createResource, type Resource } from '../../api/resource';

/** Whom a template is picked for: a conversation, or somebody to whom it would be the first message. */
export interface PickTarget {
  conversationId: string | null;
  integrationId: string;
  /** Where there is no conversation yet: somebody who is known, else the number that was typed. */
  contactId?: string | null;
  phone?: string | null;
}

const KEPT = 20;

const known = new Map<string, Resource<TemplatePicker>>();

const keyOf = ({ conversationId, integrationId, contactId }: PickTarget): string =>
  `${integrationId}:${conversationId ?? ''}:${contactId ?? ''}`;

const load = ({ conversationId, integrationId, contactId }: PickTarget): Promise<TemplatePicker> =>
  api.get<TemplatePicker>(
    '/template-picker',
    conversationId ? { conversationId } : { integrationId, contactId: contactId ?? undefined },
  );

/** Of another person on the same number: the list is the same, only what is said about the person is not. */
const sibling = ({ integrationId }: PickTarget): TemplatePicker | null => {
  for (const [key, resource] of [...known].reverse()) {
    const { data } = resource.store.get();
    if (key.startsWith(`${integrationId}:`) && data) return { ...data, meta: { language: null } };
  }
  return null;
};

/**
 * The templates to pick from, kept for the last twenty conversations. A conversation that is new here begins with the
 * list of another one on its number, so that the picker opens at once; its own answer follows within the second.
 */
export const pickerResource = (target: PickTarget): Resource<TemplatePicker> => {
  const key = keyOf(target);
  const found = known.get(key);
  if (found) {
    known.delete(key);
    known.set(key, found);
    return found;
  }
  const made = createResource(() => load(target));
  const begin = sibling(target);
  if (begin) made.store.set({ data: begin, error: null, loading: true });
  known.set(key, made);
  if (known.size > KEPT) known.delete(known.keys().next().value as string);
  return made;
};

/** Asks ahead of the press: on hover and focus of the button. */
export const warmPicker = (target: PickTarget): void => {
  const resource = pickerResource(target);
  if (resource.store.get().data === null) void resource.refresh();
};

/** A template changed somewhere: what was looked at last is read anew, the rest when it is looked at again. */
export const templatesChanged = (): void => {
  const last = [...known].at(-1);
  known.clear();
  if (!last) return;
  known.set(...last);
  if (last[1].store.get().data) void last[1].refresh();
};

/** Marks a name, in all its languages, before the server has answered. */
export const markFavourite = (
  { name, businessAccountId }: Pick<PickerTemplate, 'name' | 'businessAccountId'>,
  favourite: boolean,
): void => {
  for (const resource of known.values()) {
    resource.mutate((picker) => ({
      ...picker,
      data: picker.data.map((each) =>
        each.name === name && each.businessAccountId === businessAccountId ? { ...each, favourite } : each,
      ),
    }));
  }
};

export const clearPickers = (): void => {
  known.forEach((resource) => resource.clear());
  known.clear();
};
