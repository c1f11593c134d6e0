import { z } from '@strapi/utils';
import { spansProblem, WEEKDAYS } from './business-hours';
import { isSlug } from './slug';
import { isTimeZone } from './time-zone';

const day = z
  .array(z.object({ from: z.string(), to: z.string() }))
  .max(6, 'Has at most six spans')
  .superRefine((spans, context) => {
    const problem = spansProblem(spans);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

const days = Object.fromEntries(WEEKDAYS.map((name) => [name, day])) as Record<
  (typeof WEEKDAYS)[number],
  typeof day
>;

const ids = z.array(z.string()).max(1_000);

/** POST /organizations */
export const organizationInput = z.object({
  name: z.string('A name is required').trim().min(1, 'A name is required').max(100),
  slug: z
    .string()
    .refine(isSlug, 'Takes small letters, digits and single hyphens, like north-shop')
    .optional(),
  timeZone: z.string().refine(isTimeZone, 'Is no time zone name like Europe/Istanbul').optional(),
  businessHours: z.object(days).optional(),
  memberIds: ids.optional(),
  numberIds: ids.optional(),
});

/** PUT /organizations/:id */
export const organizationPatch = organizationInput.partial();

export type OrganizationCreate = z.infer<typeof organizationInput>;
export type OrganizationPatch = z.infer<typeof organizationPatch>;

/** PUT /api-access/:tokenId */
export const bindInput = z.object({ organizationId: z.string().nullable() });
