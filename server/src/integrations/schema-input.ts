import { z } from '@strapi/utils';
import { endpointProblem } from './endpoint-rule';

const word = (what: string) => z.string(`${what} is required`).trim().min(1, `${what} is required`).max(255);
const metaId = (what: string) =>
  z
    .string(`${what} is required`)
    .trim()
    .regex(/^\d{1,32}$/, `${what} consists of digits`);
const secret = (what: string) =>
  z
    .string(`${what} is required`)
    .trim()
    .min(8, `${what} is too short`)
    .max(4096)
    // It travels in a header.
    .regex(/^[\x21-\x7e]*$/, `${what} holds spaces or characters that no key has: copy it once more`);

const endpointUrl = z.string().superRefine((address, ctx) => {
  const message = endpointProblem(address);
  if (message !== null) ctx.addIssue({ code: 'custom', message });
});
const apiVersion = z.string().regex(/^v\d{2}\.\d$/, 'Must look like v25.0');

/** POST /integrations. The phone number is checked apart: it has an error code of its own. */
export const integrationInput = z.object({
  name: word('A name'),
  phoneNumber: z.string('A phone number is required'),
  phoneNumberId: metaId('The phone number ID'),
  businessAccountId: metaId('The business account ID'),
  accessToken: secret('The access token'),
  appSecret: secret('The app secret'),
  verifyToken: z.string().trim().min(8, 'Must have at least 8 characters').max(255).optional(),
  endpointUrl: endpointUrl.optional(),
  apiVersion: apiVersion.optional(),
  sandbox: z.boolean().optional(),
  active: z.boolean().optional(),
  readReceipts: z.enum(['on_open', 'on_reply', 'never']).optional(),
  typingIndicator: z.boolean().optional(),
  copyMediaToLibrary: z.boolean().optional(),
});

/** PUT /integrations/:id */
export const integrationPatch = integrationInput.partial();

/** The app secret may come later: until then nothing is received. */
export type IntegrationCreate = Omit<z.infer<typeof integrationInput>, 'appSecret'> & { appSecret?: string };
export type IntegrationPatch = z.infer<typeof integrationPatch>;

export const toggleInput = z.object({ active: z.boolean().optional() });
export const verifyTokenInput = z.object({ rotate: z.boolean().optional() });
const WEEK_MINUTES = 7 * 24 * 60;
export const pauseInput = z.object({
  minutes: z.number().int().min(1).max(WEEK_MINUTES).default(60),
  reason: z.string().trim().min(1).max(200).optional(),
});
export const deleteQuery = z.object({ history: z.enum(['keep', 'erase']).default('keep') });
