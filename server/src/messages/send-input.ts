import { z } from '@strapi/utils';
import { EMOJI_MAX, FREE_FIELD_MAX, TEXT_BODY_MAX } from '../cloud-api/limits';
import { sendContacts } from './send-contacts';
import { wordsProblem, words } from './send-fields';
import { sendInteractive } from './send-interactive';
import { sendMedia } from './send-media';
import { sendTemplate } from './send-template';

const text = z.object({
  body: z.string('A text is required'),
  previewUrl: z.boolean().default(true),
});

const location = z.object({
  latitude: z.number('Must be a number').min(-90, 'Must be −90 to 90').max(90, 'Must be −90 to 90'),
  longitude: z.number('Must be a number').min(-180, 'Must be −180 to 180').max(180, 'Must be −180 to 180'),
  name: words(FREE_FIELD_MAX, 0).optional(),
  address: words(FREE_FIELD_MAX, 0).optional(),
});

/** One emoji, with its skin tone, parts and flags; Meta refuses a second one (Cloud API, reaction messages). */
const ONE_EMOJI =
  /^(?:\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|\p{ExtPict}[\uFE0F\p{EMod}]*[\u{E0020}-\u{E007F}]*(?:\u200D\p{ExtPict}[\uFE0F\p{EMod}]*)*)$/u;

/** An empty emoji takes the reaction back. */
const reaction = z.object({
  messageId: z.string().min(1, 'Name the message').max(512),
  emoji: words(EMOJI_MAX, 0).refine(
    (value) => value === '' || ONE_EMOJI.test(value),
    'Must be an emoji, or empty to take it back',
  ),
});

export const SEND_TYPES = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'interactive',
  'reaction',
  'template',
] as const;
export type SendType = (typeof SEND_TYPES)[number];

/** Meta keeps a scheduled message nowhere: a year is far enough for a shop and near enough for a typing error. */
const FARTHEST_MS = 366 * 24 * 60 * 60 * 1000;
const instant = z.iso
  .datetime({ offset: true, message: 'Must be a time like 2026-11-22T09:00:00Z' })
  .refine((value) => !(Date.parse(value) >= Date.now() + FARTHEST_MS), 'Must be within a year');

/** POST /messages/send. Which fields go together is checked by `toCommand`. */
export const sendInput = z.object({
  conversationId: z.string().optional(),
  contactId: z.string().optional(),
  to: z.string().optional(),
  phoneNumber: z.string().optional(),
  userId: z.string().optional(),
  integrationId: z.string().optional(),
  type: z.enum(SEND_TYPES, `Must be one of ${SEND_TYPES.join(', ')}`).optional(),
  text: text.optional(),
  ...(Object.fromEntries(Object.entries(sendMedia).map(([kind, schema]) => [kind, schema.optional()])) as {
    [K in keyof typeof sendMedia]: z.ZodOptional<(typeof sendMedia)[K]>;
  }),
  location: location.optional(),
  contacts: sendContacts.optional(),
  interactive: sendInteractive.optional(),
  reaction: reaction.optional(),
  /** The long form, or the name alone with `templateParams` and `language`. */
  template: z.union([z.string().min(1).max(512), sendTemplate]).optional(),
  templateParams: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  language: z.string().max(20).optional(),
  message: z.string().optional(),
  replyTo: z.string().max(512).optional(),
  clientKey: z.string().min(1, 'Must not be empty').max(200, 'Must have at most 200 characters').optional(),
  scheduledAt: instant.optional(),
  cancelOnReply: z.boolean().optional(),
  hours: z.enum(['queue', 'refuse', 'ignore'], 'Must be queue, refuse or ignore').optional(),
  purpose: z.enum(['service', 'utility', 'marketing'], 'Must be service, utility or marketing').optional(),
  expectedLastMessageId: z.string().nullable().optional(),
});

export type SendInput = z.infer<typeof sendInput>;

/** PUT /messages/:id while it is scheduled. */
export const editInput = z
  .object({ text: z.string().optional(), scheduledAt: instant.optional() })
  .refine((value) => value.text !== undefined || value.scheduledAt !== undefined, 'Name what is to change');

/** What a text must be. */
export const textProblem = (body: string): string | null => wordsProblem(body, TEXT_BODY_MAX);
