import { z } from '@strapi/utils';
import { endpointProblem } from '../integrations/endpoint-rule';

const text = z.string().trim().max(4096);

/** POST /api/v1/integrations in that document's own words. */
export const compatInput = z.object({
  provider: text.optional(),
  category: text.optional(),
  name: text.optional(),
  /** Access token. */
  apiKey: z.string('apiKey is required').trim().min(1, 'apiKey is required'),
  /** Phone number id; `config.phoneNumberId` says the same. */
  apiSecret: text.optional(),
  endpointUrl: text
    .refine((address) => endpointProblem(address) === null, 'Must be an https address')
    .optional(),
  config: z
    .object({
      sandbox: z.boolean().optional(),
      phoneNumberId: text.optional(),
      businessAccountId: text.optional(),
      appSecret: text.optional(),
      displayPhoneNumber: text.optional(),
    })
    .default({}),
});

export type CompatInput = z.infer<typeof compatInput>;
