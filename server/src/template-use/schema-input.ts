import { z } from '@strapi/utils';
import { entryRef, templateParameters } from '../messages/send-template';
import { MOST_TEST_CONTACTS } from '../contacts/test-contacts';

const path = z.string().min(1, 'Name a field').max(300);
const uid = z.string().min(1).max(200);

const source = z.discriminatedUnion('from', [
  z.object({ from: z.literal('text'), text: z.string().max(1024) }),
  z.object({ from: z.literal('contact'), path }),
  z.object({ from: z.literal('linked'), path }),
  z.object({ from: z.literal('entry'), contentType: uid, path }),
]);

const isCurrency = (code: string): boolean => {
  try {
    new Intl.NumberFormat('en', { style: 'currency', currency: code });
    return true;
  } catch {
    return false;
  }
};

const format = z.discriminatedUnion('as', [
  z.object({ as: z.literal('text') }),
  z.object({ as: z.literal('number'), decimals: z.number().int().min(0).max(10).optional() }),
  z.object({
    as: z.literal('currency'),
    currency: z.string().refine(isCurrency, 'Must be a currency’s three letters, like EUR'),
  }),
  z.object({
    as: z.literal('date'),
    style: z.enum(['short', 'medium', 'long', 'full']),
    time: z.boolean().optional(),
  }),
]);

const binding = z.object({
  parameter: z
    .string()
    .max(600)
    .regex(
      /^(cards\[\d\]\.)?(header|body|buttons|limitedTimeOffer):.+$/,
      'Must be like body:1 or cards[0].header:image',
    ),
  source,
  format: format.optional(),
  fallback: z.string().max(1024).optional(),
});

/** More than any template takes. */
const bindings = z.array(binding).max(200);

export const bindingsInput = z.object({ bindings });
export const pickerQuery = z.object({
  conversationId: z.string().optional(),
  integrationId: z.string().optional(),
  contactId: z.string().optional(),
});
export const valuesInput = z.object({
  conversationId: z.string().optional(),
  contactId: z.string().optional(),
  entry: entryRef.optional(),
  bindings: bindings.optional(),
});
const ids = z.array(z.string().max(20)).max(200);
export const accessInput = z.object({ roles: ids, integrations: ids });
export const testInput = z.object({
  integrationId: z.string(),
  contactIds: z.array(z.string()).min(1, 'Name a test contact').max(MOST_TEST_CONTACTS),
  parameters: templateParameters.optional(),
  entry: entryRef.optional(),
  bound: z.boolean().optional(),
});
export const entriesQuery = z.object({
  contentType: uid,
  q: z.string().trim().max(200).optional(),
  locale: z.string().max(20).optional(),
});
export const linkInput = z.object({ contentType: uid, documentId: z.string().min(1).max(200) });
