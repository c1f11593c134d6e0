import { TEMPLATE_LIMITS } from '../../../../server/src/templates/limits';

/** What Meta takes as a name, made of what a person writes: `Sipariş hazır!` → `siparis_hazir`. */
export const templateName = (text: string): string =>
  text
    .toLowerCase()
    // The only letter of Latin alphabets in common use that Unicode does not take apart.
    .replace(/ı/g, 'i')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, TEMPLATE_LIMITS.name);
