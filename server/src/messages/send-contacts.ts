import { z } from '@strapi/utils';
import { CONTACT_CARDS_MAX, FREE_FIELD_MAX } from '../cloud-api/limits';
import { words } from './send-fields';

const field = words(FREE_FIELD_MAX, 0).optional();

const NAME_PARTS = ['first_name', 'last_name', 'middle_name', 'prefix', 'suffix'] as const;

const name = z
  .object({
    formatted_name: words(FREE_FIELD_MAX),
    first_name: field,
    last_name: field,
    middle_name: field,
    prefix: field,
    suffix: field,
  })
  .superRefine((value, context) => {
    // Meta, contacts-messages: the formatted name alone is refused.
    if (NAME_PARTS.some((part) => (value[part] ?? '').trim() !== '')) return;
    const message = 'Give at least one part of the name besides the formatted one';
    context.addIssue({ code: 'custom', path: ['first_name'], message });
  });

/** One card, as Meta names its parts. */
const card = z.object({
  name,
  birthday: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Must be like 1990-01-31')
    .optional(),
  phones: z
    .array(z.object({ phone: words(FREE_FIELD_MAX), type: field, wa_id: field }))
    .max(20)
    .optional(),
  emails: z
    .array(z.object({ email: words(FREE_FIELD_MAX), type: field }))
    .max(20)
    .optional(),
  urls: z
    .array(z.object({ url: words(2_000), type: field }))
    .max(20)
    .optional(),
  addresses: z
    .array(
      z.object({
        street: field,
        city: field,
        state: field,
        zip: field,
        country: field,
        country_code: field,
        type: field,
      }),
    )
    .max(20)
    .optional(),
  org: z.object({ company: field, department: field, title: field }).optional(),
});

export const sendContacts = z
  .array(card)
  .min(1, 'Name at least one contact')
  .max(CONTACT_CARDS_MAX, `Must have at most ${CONTACT_CARDS_MAX} contacts`);
