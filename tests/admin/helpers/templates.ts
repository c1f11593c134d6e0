import type { TemplateDefinition } from '../../../server/src/templates/model';

const definition = (change: Partial<TemplateDefinition>): TemplateDefinition => ({
  name: 'order_ready',
  language: 'en_US',
  category: 'UTILITY',
  parameterFormat: 'NAMED',
  components: [],
  ...change,
});

export const ORDER_READY = definition({
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['4711'] } },
    { type: 'BODY', text: 'Hi *{{first_name}}*, it is ready.' },
    { type: 'FOOTER', text: 'Reply STOP to end' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'On my way' },
        {
          type: 'URL',
          text: 'Track',
          url: 'https://example.com/t/{{1}}',
          example: ['https://example.com/t/1'],
        },
      ],
    },
  ],
});

/** Five buttons: more than Meta shows at once. */
export const MANY_BUTTONS = definition({
  components: [
    { type: 'BODY', text: 'Choose.' },
    {
      type: 'BUTTONS',
      buttons: ['One', 'Two', 'Three', 'Four', 'Five'].map((text) => ({ type: 'QUICK_REPLY', text })),
    },
  ],
});

export const OFFER = definition({
  category: 'MARKETING',
  parameterFormat: 'POSITIONAL',
  components: [
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Summer deal', has_expiration: true } },
    { type: 'BODY', text: 'Only today, {{1}}.' },
    { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example: 'SUN25' }] },
  ],
});

const card = (text: string) => ({
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'More' }] },
  ],
});

export const CAROUSEL = definition({
  category: 'MARKETING',
  parameterFormat: 'POSITIONAL',
  components: [
    { type: 'BODY', text: 'Our favourites' },
    { type: 'CAROUSEL', cards: [card('First {{1}}'), card('Second {{1}}')] },
  ],
});

export const ARABIC = definition({
  language: 'ar_EG',
  components: [{ type: 'BODY', text: 'مرحبا {{name}}، طلبك جاهز الآن.' }],
});

export const AUTHENTICATION = definition({
  category: 'AUTHENTICATION',
  parameterFormat: 'POSITIONAL',
  components: [
    { type: 'BODY', add_security_recommendation: true },
    { type: 'FOOTER', code_expiration_minutes: 10 },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
  ],
});

const withHeader = (format: string): TemplateDefinition =>
  definition({
    components: [
      { type: 'HEADER', format },
      { type: 'BODY', text: 'Look' },
    ],
  });

export const WITH_IMAGE = withHeader('IMAGE');
export const WITH_DOCUMENT = withHeader('DOCUMENT');
export const WITH_LOCATION = withHeader('LOCATION');
export const WITH_PRODUCT = withHeader('PRODUCT');
