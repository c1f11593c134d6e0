import { z } from '@strapi/utils';
import { INTERACTIVE_LIMITS as MAX } from '../cloud-api/limits';
import { assertDistinct, webUrl, words } from './send-fields';
import { headerFile } from './send-media';

/** Meta, messages/interactive-media-carousel-messages and -product-carousel-messages. */

const cardHeader = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('image'), image: headerFile }),
    z.object({ type: z.literal('video'), video: headerFile }),
  ],
  'A card has a picture or a video',
);

const cardBody = z.object({
  text: words(MAX.cardBody).refine((text) => text.split('\n').length <= 3, 'Must have at most 2 line breaks'),
});

const link = z.object({
  name: z.literal('cta_url'),
  parameters: z.object({ display_text: words(MAX.urlLabel), url: webUrl }),
});
const quickReplies = z.object({
  buttons: z
    .array(
      z.object({
        type: z.literal('quick_reply'),
        quick_reply: z.object({ id: words(MAX.cardButton), title: words(MAX.cardButton) }),
      }),
    )
    .min(1, 'Needs at least one button'),
});

const mediaCard = z.object({
  card_index: z.number().int().min(0),
  type: z.enum(['cta_url', 'button']),
  header: cardHeader,
  body: cardBody.optional(),
  action: z.union([link, quickReplies], 'Needs one link button (cta_url) or quick replies'),
});

const sku = z.string().min(1).max(100);
const productCard = z.object({
  card_index: z.number().int().min(0),
  type: z.literal('product'),
  action: z.object({ product_retailer_id: sku, catalog_id: sku }),
});

type Card = z.infer<typeof mediaCard> | z.infer<typeof productCard>;

/** What has to be the same on every card. */
const shapeOf = ({ type, action, ...rest }: Card): string => {
  if (type === 'product') return `product of ${action.catalog_id}`;
  const { header } = rest as z.infer<typeof mediaCard>;
  return 'buttons' in action ? `${header.type}, ${action.buttons.length} replies` : `${header.type}, link`;
};

const cards = z
  .array(z.discriminatedUnion('type', [mediaCard, productCard], 'Is no kind of card'))
  .min(MAX.cardsMin, `Needs at least ${MAX.cardsMin} cards`)
  .max(MAX.cards, `Must have at most ${MAX.cards} cards`)
  .superRefine((all, context) => {
    const issue = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    all.forEach((card, index) => {
      if (card.card_index !== index) issue([index, 'card_index'], 'Cards are numbered from 0 in their order');
      if (shapeOf(card) !== shapeOf(all[0]))
        issue([index], 'Cards must all be alike: same header, same buttons');
    });
    const replies = all.flatMap((card, index) =>
      'buttons' in card.action
        ? card.action.buttons.map(({ quick_reply: { id } }, b) => ({
            path: [index, 'action', 'buttons', b, 'quick_reply', 'id'],
            value: id,
          }))
        : [],
    );
    assertDistinct(context, replies);
  });

const none = (what: string) => z.never(`This kind has no ${what}`).optional();

export const sendCarousel = z.object({
  type: z.literal('carousel'),
  header: none('header'),
  footer: none('footer'),
  body: z.object({ text: words(MAX.body) }),
  action: z.object({ cards }),
});
