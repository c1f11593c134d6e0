import type { TemplateButton, TemplateComponent } from '../../../../server/src/templates/model';
import { parametersOf } from '../../../../server/src/templates/parameters';
import { componentsFor, templatePayload } from '../../../../server/src/templates/payload';
import { problemsOf, type ButtonValue, type TemplateValues } from '../../../../server/src/templates/values';
import {
  BODY_NAMED,
  BODY_POSITIONAL,
  buttons,
  CAROUSEL,
  CODE,
  media,
  named,
  OFFER,
  PLAIN,
  positional,
} from './fixtures';

type Json = Record<string, unknown>;

const mediaOf = (reference: Json) =>
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
};

const FIXED: TemplateButton = { type: 'QUICK_REPLY', text: 'Stop' };

const CASES = ['NAMED', 'POSITIONAL'].flatMap((format) =>
  Object.keys(HEADERS).flatMap((head) =>
    Object.keys(BUTTONS).map((button) => [format, head, button] as const),
  ),
);

describe(`golden payloads of ${CASES.length} combinations`, () => {
  it.each(CASES)('%s, header %s, button %s', (format, head, buttonName) => {
    const isNamed = format === 'NAMED';
    const { component, values, sent } = HEADERS[head](isNamed);
    const { button, value, sent: sentButton } = BUTTONS[buttonName];
    const parts = [
      ...(component ? [component] : []),
      isNamed ? BODY_NAMED : BODY_POSITIONAL,
      // The button under test is the second, so that its place is told apart from "the first".
      ...(button ? [buttons(FIXED, button)] : []),
    ];
    const draft = isNamed ? named(...parts) : positional(...parts);
    const given: TemplateValues = {
      ...(values ? { header: values } : {}),
      body: isNamed ? { first_name: 'Ana', order_no: 42 } : { 1: 'Ana', 2: 42 },
      ...(value ? { buttons: [null, value] } : {}),
    };
    expect(problemsOf(draft, given)).toEqual([]);
    expect(componentsFor(draft, given, mediaOf)).toEqual([
      ...sent,
      {
        type: 'body',
        parameters: isNamed
          ? [
              { type: 'text', parameter_name: 'first_name', text: 'Ana' },
              { type: 'text', parameter_name: 'order_no', text: '42' },
            ]
          : [
              { type: 'text', text: 'Ana' },
              { type: 'text', text: '42' },
            ],
      },
      ...(sentButton ? [{ type: 'button', index: '1', ...sentButton }] : []),
    ]);
  });

  it('carousel: as many cards as were approved, each with its own parts', () => {
    const card = (word: string, id: string): NonNullable<TemplateValues['cards']>[number] => ({
      header: { image: { mediaId: id } },
      body: { 1: word },
      buttons: [{ payload: word }, { text: word }],
    });
    const given = { cards: [card('bread', '1'), card('milk', '2')] };
    expect(problemsOf(CAROUSEL, given)).toEqual([]);
    const sentCard = (index: number, word: string, id: string): Json => ({
      card_index: index,
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { id } }] },
        { type: 'body', parameters: [{ type: 'text', text: word }] },
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '0',
          parameters: [{ type: 'payload', payload: word }],
        },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: word }] },
      ],
    });
    expect(componentsFor(CAROUSEL, given, mediaOf)).toEqual([
      { type: 'carousel', cards: [sentCard(0, 'bread', '1'), sentCard(1, 'milk', '2')] },
    ]);
  });

  it('verification code: in the body and in the button', () => {
    const given = { body: { 1: '123456' } };
    expect(problemsOf(CODE, given)).toEqual([]);
    const parameters = [{ type: 'text', text: '123456' }];
    expect(componentsFor(CODE, given, mediaOf)).toEqual([
      { type: 'body', parameters },
      { type: 'button', sub_type: 'url', index: '0', parameters },
    ]);
  });

  it('limited-time offer: its end in milliseconds', () => {
    const given = {
      limitedTimeOffer: { expiresAt: '2026-12-24T12:00:00.000Z' },
      buttons: [{ couponCode: '25OFF' }],
    };
    expect(problemsOf(OFFER, given)).toEqual([]);
    expect(componentsFor(OFFER, given, mediaOf)[0]).toEqual({
      type: 'limited_time_offer',
      parameters: [
        {
          type: 'limited_time_offer',
          limited_time_offer: { expiration_time_ms: Date.UTC(2026, 11, 24, 12) },
        },
      ],
    });
  });

  it('a template that takes nothing is sent without components', () => {
    expect(templatePayload(positional(PLAIN), {}, mediaOf)).toEqual({
      name: 'order_ready',
      language: { code: 'en_US', policy: 'deterministic' },
    });
  });
});

describe('what a send has to bring', () => {
  it('is read from the components alone, with the examples of the review', () => {
    expect(parametersOf(named(media('IMAGE'), BODY_NAMED, buttons(FIXED)))).toEqual([
      { component: 'header', name: 'image', kind: 'image', required: true, example: null },
      { component: 'body', name: 'first_name', kind: 'text', required: true, example: 'Ana' },
      { component: 'body', name: 'order_no', kind: 'text', required: true, example: '4711' },
      { component: 'buttons', name: '0', kind: 'payload', required: false, example: null, label: 'Stop' },
    ]);
  });

  it('of an authentication template is one code, though its body reads back without a variable', () => {
    expect(parametersOf(CODE).map(({ component, name }) => `${component}.${name}`)).toEqual(['body.1']);
  });
});
