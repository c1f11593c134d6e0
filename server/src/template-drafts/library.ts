import { toGraphError } from '../cloud-api/errors';
import { providerError } from '../integrations/provider-error';
import type { Scope } from '../storage/scope';
import type { SpeakerOf } from '../templates/speaker';
import type { LibraryTemplate } from './contract';
import { isRecord } from '../collections/record';

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

/** null for an item that shows nothing. */
export const readLibraryTemplate = (item: Record<string, unknown>): LibraryTemplate | null => {
  const [id, name, body] = [item.id ?? item.name, item.name, item.body].map(text);
  if (id === null || name === null || body === null) return null;
  return {
    id,
    name,
    language: text(item.language) ?? '',
    category: text(item.category) ?? '',
    header: text(item.header),
    body,
    buttons: (Array.isArray(item.buttons) ? item.buttons : [])
      .filter(isRecord)
      .map((button) => ({ type: text(button.type) ?? '', text: text(button.text) ?? '' })),
  };
};

/** Templates that Meta has written and approves at once (Meta, template-library). */
export const createTemplateLibrary =
  (speakerOf: SpeakerOf) =>
  async (scope: Scope, businessAccountId: string, search: string): Promise<LibraryTemplate[]> => {
    const { client } = await speakerOf(scope, businessAccountId);
    try {
      return (await client.libraryTemplates(search)).flatMap((item) => readLibraryTemplate(item) ?? []);
    } catch (error) {
      throw providerError(toGraphError(error, { sending: false }));
    }
  };
