/** Every header with every button in both formats, and what each is sent as (Meta, templates; cloud-api.md §16.5–6). */
import type {
  TemplateButton,
  TemplateComponent,
  TemplateDefinition,
} from '../../../../server/src/templates/model';
import type { ButtonValue, TemplateValues } from '../../../../server/src/templates/values';
import { BODY_NAMED, BODY_POSITIONAL, buttons, media, named, positional } from './fixtures';

export type Json = Record<string, unknown>;

export const mediaOf = (reference: Json) =>
  reference.url ? { link: String(reference.url) } : { id: String(reference.mediaId) };

interface HeaderCase {
  component: TemplateComponent | null;
  values?: Json;
  sent: Json[];
}
const header = (parameters: Json[]): Json[] => [{ type: 'header', parameters }];
const HEADERS: Record<string, (isNamed: boolean) => HeaderCase> = {
  none: () => ({ component: null, sent: [] }),
  text: () => ({ component: { type: 'HEADER', format: 'TEXT', text: 'Hello' }, sent: [] }),
  variable: (isNamed) => {
    const name = isNamed ? 'shop' : '1';
    const parameter = { type: 'text', ...(isNamed ? { parameter_name: 'shop' } : {}), text: 'Corner' };
    return {
      component: { type: 'HEADER', format: 'TEXT', text: `News of {{${name}}}` },
      values: { [name]: 'Corner' },
      sent: header([parameter]),
    };
  },
  image: () => ({
    component: media('IMAGE'),
    values: { image: { mediaId: '1' } },
    sent: header([{ type: 'image', image: { id: '1' } }]),
  }),
  video: () => ({
    component: media('VIDEO'),
    values: { video: { url: 'https://s.example/v.mp4' } },
    sent: header([{ type: 'video', video: { link: 'https://s.example/v.mp4' } }]),
  }),
  document: () => ({
    component: media('DOCUMENT'),
    values: { document: { mediaId: '2', fileName: 'bill.pdf' } },
    sent: header([{ type: 'document', document: { id: '2', filename: 'bill.pdf' } }]),
  }),
  location: () => ({
    component: { type: 'HEADER', format: 'LOCATION' },
    values: { location: { latitude: 52.5, longitude: 13.4, name: 'Shop', address: 'Corner 1' } },
    sent: header([
      {
        type: 'location',
        location: { latitude: '52.5', longitude: '13.4', name: 'Shop', address: 'Corner 1' },
      },
    ]),
  }),
  gif: () => ({
    component: media('GIF'),
    values: { video: { mediaId: '3' } },
    sent: header([{ type: 'video', video: { id: '3' } }]),
  }),
  'product of a catalog': () => ({
    component: { type: 'HEADER', format: 'PRODUCT' },
    values: { product: { productId: 'sku-1', catalogId: '777' } },
    sent: header([{ type: 'product', product: { product_retailer_id: 'sku-1', catalog_id: '777' } }]),
  }),
  product: () => ({
    component: { type: 'HEADER', format: 'PRODUCT' },
    values: { product: 'sku-1' },
    sent: header([{ type: 'product', product: { product_retailer_id: 'sku-1' } }]),
  }),
};

interface ButtonCase {
  button: TemplateButton | null;
  value?: ButtonValue;
  sent: Json | null;
}
const BUTTONS: Record<string, ButtonCase> = {
  none: { button: null, sent: null },
  'reply without payload': { button: { type: 'QUICK_REPLY', text: 'Yes' }, sent: null },
  'reply with payload': {
    button: { type: 'QUICK_REPLY', text: 'Yes' },
    value: { payload: 'opt:yes' },
    sent: { sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: 'opt:yes' }] },
  },
  'fixed link': { button: { type: 'URL', text: 'Look', url: 'https://s.example/a' }, sent: null },
  'link with a suffix': {
    button: { type: 'URL', text: 'Look', url: 'https://s.example/{{1}}' },
    value: { text: 'summer' },
    sent: { sub_type: 'url', parameters: [{ type: 'text', text: 'summer' }] },
  },
  phone: { button: { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550100' }, sent: null },
  coupon: {
    button: { type: 'COPY_CODE', example: '25OFF' },
    value: { couponCode: '30OFF' },
    sent: { sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: '30OFF' }] },
  },
  'flow without data': {
    button: { type: 'FLOW', text: 'Book', flow_id: '9' },
    sent: { sub_type: 'flow', parameters: [{ type: 'action', action: { flow_token: 'unused' } }] },
  },
  'flow with data': {
    button: { type: 'FLOW', text: 'Book', flow_id: '9' },
    value: { flowToken: 't1', flowData: { day: 'Monday' } },
    sent: {
      sub_type: 'flow',
      parameters: [{ type: 'action', action: { flow_token: 't1', flow_action_data: { day: 'Monday' } } }],
    },
  },
  catalog: {
    button: { type: 'CATALOG', text: 'View catalog' },
    value: { thumbnailProductId: 'sku-1' },
    sent: {
      sub_type: 'catalog',
      parameters: [{ type: 'action', action: { thumbnail_product_retailer_id: 'sku-1' } }],
    },
  },
  products: {
    button: { type: 'MPM', text: 'View items' },
    value: { thumbnailProductId: 'sku-1', sections: [{ title: 'Bread', productIds: ['sku-1', 'sku-2'] }] },
    sent: {
      sub_type: 'mpm',
      parameters: [
        {
          type: 'action',
          action: {
            thumbnail_product_retailer_id: 'sku-1',
            sections: [
              {
                title: 'Bread',
                product_items: [{ product_retailer_id: 'sku-1' }, { product_retailer_id: 'sku-2' }],
              },
            ],
          },
        },
      ],
    },
  },
  'one product': { button: { type: 'SPM', text: 'View' }, sent: null },
};

export const FIXED: TemplateButton = { type: 'QUICK_REPLY', text: 'Stop' };

export interface Golden {
  format: 'NAMED' | 'POSITIONAL';
  header: string;
  button: string;
  template: TemplateDefinition;
  values: TemplateValues;
  /** The `components` of the send call. */
  sent: Json[];
}

const VALUES = { first_name: 'Ana', order_no: 42 };

const goldenOf = (format: Golden['format'], head: string, buttonName: string): Golden => {
  const isNamed = format === 'NAMED';
  const { component, values, sent } = HEADERS[head](isNamed);
  const { button, value, sent: sentButton } = BUTTONS[buttonName];
  const parts = [
    ...(component ? [component] : []),
    isNamed ? BODY_NAMED : BODY_POSITIONAL,
    // The button under test is the second, so that its place is told apart from "the first".
    ...(button ? [buttons(FIXED, button)] : []),
  ];
  const parameters = Object.entries(VALUES).map(([name, text]) => ({
    type: 'text',
    ...(isNamed ? { parameter_name: name } : {}),
    text: String(text),
  }));
  return {
    format,
    header: head,
    button: buttonName,
    template: isNamed ? named(...parts) : positional(...parts),
    values: {
      ...(values ? { header: values } : {}),
      body: isNamed ? VALUES : { 1: 'Ana', 2: 42 },
      ...(value ? { buttons: [null, value] } : {}),
    },
    sent: [
      ...sent,
      { type: 'body', parameters },
      ...(sentButton ? [{ type: 'button', index: '1', ...sentButton }] : []),
    ],
  };
};

export const GOLDEN: Golden[] = (['NAMED', 'POSITIONAL'] as const).flatMap((format) =>
  Object.keys(HEADERS).flatMap((head) =>
    Object.keys(BUTTONS).map((button) => goldenOf(format, head, button)),
  ),
);
