import type { MessageDescriptor } from 'react-intl';
import type en from './translations/en.json';

export type TranslationId = keyof typeof en;

/** Descriptor of one of our strings; an id that en.json lacks does not compile. */
export const t = (id: TranslationId): MessageDescriptor => ({ id: `whatsapp.${id}` });
