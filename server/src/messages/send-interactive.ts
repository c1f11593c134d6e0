import { z } from '@strapi/utils';
import { INTERACTIVE_LIMITS as MAX } from '../cloud-api/limits';
import { sendCarousel } from './send-carousel';
import { assertDistinct, webUrl, words } from './send-fields';
import { headerFile } from './send-media';

/** Meta, messages/interactive-*: everything that can be tapped, in Meta's own naming. */

const textHeader = z.object({
  type: z.literal('text', 'This kind takes a text header only'),
  text: words(MAX.headerText),
});
const header = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: words(MAX.headerText) }),
  z.object({ type: z.literal('image'), image: headerFile }),
  z.object({ type: z.literal('video'), video: headerFile }),
  z.object({ type: z.literal('document'), document: headerFile }),
]);
const none = (what: string) => z.never(`This kind has no ${what}`).optional();
const body = z.object({ text: words(MAX.body) });
const footer = z.object({ text: words(MAX.footer) }).optional();

const button = z.object({
  type: z.literal('button'),
  header: header.optional(),
  body,
  footer,
  action: z.object({
    buttons: z
      .array(
        z.object({
          type: z.literal('reply'),
          reply: z.object({ id: words(MAX.buttonId), title: words(MAX.buttonTitle) }),
        }),
      )
      .min(1, 'Needs at least one button')
      .max(MAX.buttons, `Must have at most ${MAX.buttons} buttons`)
      .superRefine((buttons, context) => {
        const each = (key: 'id' | 'title') =>
          buttons.map(({ reply }, index) => ({ path: [index, 'reply', key], value: reply[key] }));
        assertDistinct(context, each('id'));
        assertDistinct(context, each('title'));
      }),
  }),
});

const row = z.object({
  id: words(MAX.rowId),
  title: words(MAX.rowTitle),
  description: words(MAX.rowDescription).optional(),
});
const list = z.object({
  type: z.literal('list'),
  header: textHeader.optional(),
  body: z.object({ text: words(MAX.listBody) }),
  footer,
  action: z.object({
    button: words(MAX.listButton),
    sections: z
      .array(
        z.object({
          title: words(MAX.sectionTitle).optional(),
          rows: z.array(row).min(1, 'Needs at least one row'),
        }),
      )
      .min(1, 'Needs at least one section')
      .max(MAX.listSections, `Must have at most ${MAX.listSections} sections`)
      .superRefine((sections, context) => {
        const rows = sections.flatMap((section, s) =>
          section.rows.map(({ id }, r) => ({ path: [s, 'rows', r, 'id'], value: id })),
        );
        // Ten rows over all sections, not in each.
        if (rows.length > MAX.listRows) {
          const message = `Must have at most ${MAX.listRows} rows over all sections`;
          context.addIssue({ code: 'custom', path: rows[MAX.listRows].path.slice(0, 2), message });
        }
        sections.forEach(({ title }, s) => {
          if (sections.length > 1 && title === undefined)
            context.addIssue({
              code: 'custom',
              path: [s, 'title'],
              message: 'Sections need titles when there are several',
            });
        });
        assertDistinct(context, rows);
      }),
  }),
});

const ctaUrl = z.object({
  type: z.literal('cta_url'),
  header: header.optional(),
  body,
  footer,
  action: z.object({
    name: z.literal('cta_url'),
    parameters: z.object({ display_text: words(MAX.urlLabel), url: webUrl }),
  }),
});

const asking = <K extends string, A extends string>(kind: K, action: A) =>
  z.object({
    type: z.literal(kind),
    header: none('header'),
    footer: none('footer'),
    body,
    action: z.object({ name: z.literal(action) }),
  });

const address = z.object({
  type: z.literal('address_message'),
  header: header.optional(),
  body,
  footer,
  action: z.object({
    name: z.literal('address_message'),
    parameters: z.object({
      country: z.literal('IN', 'Addresses can be asked for in India only'),
      values: z.record(z.string(), z.string()).optional(),
      saved_addresses: z.array(z.record(z.string(), z.unknown())).max(10).optional(),
      validation_errors: z.record(z.string(), z.string()).optional(),
    }),
  }),
});

const sku = z.string().min(1).max(100);

const catalog = z.object({
  type: z.literal('catalog_message'),
  header: none('header'),
  body,
  footer,
  action: z.object({
    name: z.literal('catalog_message'),
    parameters: z.object({ thumbnail_product_retailer_id: sku.optional() }).optional(),
  }),
});

const product = z.object({
  type: z.literal('product'),
  header: none('header'),
  body: body.optional(),
  footer,
  action: z.object({ catalog_id: sku, product_retailer_id: sku }),
});

const productList = z.object({
  type: z.literal('product_list'),
  header: textHeader,
  body,
  footer,
  action: z.object({
    catalog_id: sku,
    sections: z
      .array(
        z.object({
          title: words(MAX.sectionTitle).optional(),
          product_items: z.array(z.object({ product_retailer_id: sku })).min(1, 'Needs at least one product'),
        }),
      )
      .min(1, 'Needs at least one section')
      .max(MAX.productSections, `Must have at most ${MAX.productSections} sections`)
      .superRefine((sections, context) => {
        const count = sections.reduce((sum, section) => sum + section.product_items.length, 0);
        if (count > MAX.products)
          context.addIssue({
            code: 'custom',
            path: [],
            message: `Must have at most ${MAX.products} products`,
          });
        sections.forEach(({ title }, s) => {
          if (sections.length > 1 && title === undefined)
            context.addIssue({
              code: 'custom',
              path: [s, 'title'],
              message: 'Sections need titles when there are several',
            });
        });
      }),
  }),
});

const EMOJI = /\p{Extended_Pictographic}/u;

const flow = z.object({
  type: z.literal('flow'),
  header: header.optional(),
  body,
  footer,
  action: z.object({
    name: z.literal('flow'),
    parameters: z
      .object({
        flow_message_version: z.string().default('3'),
        flow_id: z.string().min(1).max(100).optional(),
        flow_name: z.string().min(1).max(200).optional(),
        flow_cta: words(MAX.flowLabel).refine((value) => !EMOJI.test(value), 'Must have no emoji'),
        flow_token: words(MAX.flowToken).optional(),
        mode: z.enum(['published', 'draft']).optional(),
        flow_action: z.enum(['navigate', 'data_exchange']).optional(),
        flow_action_payload: z
          .object({ screen: z.string().min(1).max(200), data: z.record(z.string(), z.unknown()).optional() })
          .optional(),
      })
      .superRefine((value, context) => {
        if ((value.flow_id === undefined) === (value.flow_name === undefined))
          context.addIssue({ code: 'custom', path: ['flow_id'], message: 'Give flow_id or flow_name' });
        const data = value.flow_action_payload?.data;
        // Meta, flows/guides/sendingaflow: an empty object is refused.
        if (data !== undefined && Object.keys(data).length === 0)
          context.addIssue({
            code: 'custom',
            path: ['flow_action_payload', 'data'],
            message: 'Must not be empty',
          });
      }),
  }),
});

/** Both need Meta's calling API on the number; without it Meta says so. */
const callPermission = z.object({
  type: z.literal('call_permission_request'),
  header: none('header'),
  footer: none('footer'),
  body: body.optional(),
  action: z.object({ name: z.literal('call_permission_request') }),
});

const voiceCall = z.object({
  type: z.literal('voice_call'),
  header: none('header'),
  footer: none('footer'),
  body,
  action: z.object({
    name: z.literal('voice_call'),
    parameters: z
      .object({
        display_text: words(MAX.callLabel).optional(),
        ttl_minutes: z.number().int().min(1).optional(),
        payload: words(MAX.callPayload).optional(),
      })
      .optional(),
  }),
});

export const sendInteractive = z.discriminatedUnion(
  'type',
  [
    button,
    list,
    ctaUrl,
    asking('location_request_message', 'send_location'),
    asking('request_contact_info', 'request_contact_info'),
    address,
    catalog,
    product,
    productList,
    flow,
    sendCarousel,
    callPermission,
    voiceCall,
  ],
  'Is no kind of interactive message that can be sent',
);
