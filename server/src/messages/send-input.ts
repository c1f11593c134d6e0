import { z } from '@strapi/utils';
import { TEXT_BODY_MAX } from '../cloud-api/limits';

const text = z.object({
  body: z.string('A text is required'),
  previewUrl: z.boolean().default(true),
});

/** POST /messages/send. Which fields go together is checked by `toCommand`. */
export const sendInput = z.object({
  conversationId: z.string().optional(),
  contactId: z.string().optional(),
  to: z.string().optional(),
  phoneNumber: z.string().optional(),
  userId: z.string().optional(),
  integrationId: z.string().optional(),
  type: z.literal('text', 'Only "text" can be sent so far').optional(),
  text: text.optional(),
  message: z.string().optional(),
  replyTo: z.string().max(512).optional(),
  clientKey: z.string().min(1, 'Must not be empty').max(200, 'Must have at most 200 characters').optional(),
  expectedLastMessageId: z.string().nullable().optional(),
});

export type SendInput = z.infer<typeof sendInput>;

/** Half an emoji: JSON can carry it, PostgreSQL and Meta cannot. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What a text must be; counted in UTF-16 units. Control characters that Meta refuses are no text either. */
export const textProblem = (body: string): string | null => {
  if (body.trim() === '') return 'Must not be empty';
  if (body.length > TEXT_BODY_MAX) return `Must have at most ${TEXT_BODY_MAX} characters`;
  if (body.includes('\u0000') || LONE_SURROGATE.test(body)) return 'Holds characters that cannot be sent';
  return null;
};
