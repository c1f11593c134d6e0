import { z } from '@strapi/utils';

export const customerInput = z.object({
  name: z.string('A name is required').trim().min(1, 'A name is required').max(100),
  phone: z.string().nullish(),
  username: z.string().trim().max(64).nullish(),
});

const text = z.string().min(1, 'A text is required').max(4096);
const caption = z.string().max(1024).optional();
const wamid = z.string().min(1).max(1024);
const short = z.string().max(256).optional();

const manner = {
  replyTo: wamid.optional(),
  forwarded: z.union([z.boolean(), z.literal('frequently')]).optional(),
  referral: z
    .object({ sourceType: z.enum(['ad', 'post']).optional(), headline: short, body: short })
    .optional(),
  product: z.object({ catalogId: z.string().max(64), productRetailerId: z.string().max(100) }).optional(),
  groupId: z.string().max(128).optional(),
};

const written = [
  z.object({ type: z.literal('text'), text, ...manner }),
  z.object({ type: z.literal('image'), caption, ...manner }),
  z.object({ type: z.literal('video'), caption, ...manner }),
  z.object({ type: z.literal('audio'), voice: z.boolean().optional(), ...manner }),
  z.object({ type: z.literal('document'), fileName: short, caption, ...manner }),
  z.object({ type: z.literal('sticker'), ...manner }),
  z.object({
    type: z.literal('location'),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    name: short,
    address: short,
    ...manner,
  }),
  z.object({
    type: z.literal('contacts'),
    name: short,
    phone: short,
    asked: z.boolean().optional(),
    ...manner,
  }),
  z.object({
    type: z.literal('broken_media'),
    kind: z.enum(['image', 'video', 'audio', 'document']).optional(),
    ...manner,
  }),
  z.object({ type: z.literal('order'), text: z.string().max(1024).optional(), ...manner }),
  z.object({ type: z.literal('unsupported'), subtype: z.string().max(64).optional() }),
  z.object({ type: z.literal('referral'), text: text.optional() }),
  z.object({ type: z.literal('unknown') }),
  z.object({ type: z.literal('request_welcome') }),
] as const;

const tapped = [
  z.object({ type: z.literal('button'), messageId: wamid, text: short }),
  z.object({ type: z.literal('button_reply'), messageId: wamid, id: short, title: short }),
  z.object({ type: z.literal('list_reply'), messageId: wamid, id: short, title: short }),
  z.object({ type: z.literal('flow_reply'), messageId: wamid.optional() }),
  z.object({ type: z.literal('address_reply'), messageId: wamid.optional() }),
  z.object({
    type: z.literal('call_permission'),
    messageId: wamid.optional(),
    response: z.enum(['accept', 'reject']).optional(),
  }),
  z.object({ type: z.literal('reaction'), messageId: wamid, emoji: z.string().max(16) }),
  z.object({ type: z.literal('edit'), messageId: wamid, text }),
  z.object({ type: z.literal('revoke'), messageId: wamid }),
  z.object({ type: z.literal('listen'), messageId: wamid }),
] as const;

const happened = [
  z.object({ type: z.literal('changed_number'), phone: z.string().max(32) }),
  z.object({ type: z.literal('changed_user_id') }),
  z.object({ type: z.literal('echo'), text }),
  z.object({
    type: z.literal('history'),
    texts: z.array(text).min(1).max(100),
    media: z.boolean().optional(),
  }),
  z.object({ type: z.literal('preference'), value: z.enum(['stop', 'resume']) }),
  z.object({ type: z.literal('link_click') }),
] as const;

/** Everything that a customer can do on the phone. */
export const playInput = z.discriminatedUnion('type', [...written, ...tapped, ...happened]);

export const faultInput = z.object({
  name: z.string(),
  active: z.boolean(),
  times: z.number().int().min(1).max(100_000).optional(),
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
  code: z.number().int().min(0).optional(),
});

export const decideInput = z.object({
  decide: z.enum([
    'approve',
    'reject',
    'pause',
    'unpause',
    'disable',
    'flag',
    'quality',
    'category-warning',
    'category',
  ]),
  reason: z.string().max(100).optional(),
  quality: z.enum(['GREEN', 'YELLOW', 'RED']).optional(),
  category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']).optional(),
});
