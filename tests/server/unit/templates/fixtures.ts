import type { TemplateDraft } from '../../../../server/src/templates/draft';
import type { TemplateComponent } from '../../../../server/src/templates/model';

export const named = (...components: TemplateComponent[]): TemplateDraft => ({
  name: 'order_ready',
  language: 'en_US',
  category: 'UTILITY',
  parameterFormat: 'NAMED',
  components,
});

export const positional = (...components: TemplateComponent[]): TemplateDraft => ({
  ...named(...components),
  parameterFormat: 'POSITIONAL',
});

export const marketing = (draft: TemplateDraft): TemplateDraft => ({ ...draft, category: 'MARKETING' });

export const BODY_NAMED: TemplateComponent = {
  type: 'BODY',
  text: 'Hi {{first_name}}, your order {{order_no}} is ready for pickup.',
  example: {
    body_text_named_params: [
      { param_name: 'first_name', example: 'Ana' },
      { param_name: 'order_no', example: '4711' },
    ],
  },
};

export const BODY_POSITIONAL: TemplateComponent = {
  type: 'BODY',
  text: 'Hi {{1}}, your order {{2}} is ready for pickup.',
  example: { body_text: [['Ana', '4711']] },
};

export const PLAIN: TemplateComponent = { type: 'BODY', text: 'Your order is ready for pickup.' };

export const buttons = (...list: NonNullable<TemplateComponent['buttons']>): TemplateComponent => ({
  type: 'BUTTONS',
  buttons: list,
});

export const media = (format: string): TemplateComponent => ({
  type: 'HEADER',
  format,
  example: { header_handle: ['4::aW1hZ2U='] },
});

export const CARD = (label = 'Shop now'): { components: TemplateComponent[] } => ({
  components: [
    media('IMAGE'),
    { type: 'BODY', text: 'Fresh {{1}} today, come and see.', example: { body_text: [['bread']] } },
    buttons(
      { type: 'QUICK_REPLY', text: label },
      { type: 'URL', text: 'Look', url: 'https://shop.example/{{1}}', example: ['bread'] },
    ),
  ],
});

export const CAROUSEL: TemplateDraft = marketing(
  positional(
    { type: 'BODY', text: 'New in our shop this week:' },
    { type: 'CAROUSEL', cards: [CARD(), CARD()] },
  ),
);

export const CODE: TemplateDraft = {
  ...positional(
    { type: 'BODY', add_security_recommendation: true },
    { type: 'FOOTER', code_expiration_minutes: 10 },
    buttons({ type: 'OTP', otp_type: 'COPY_CODE' }),
  ),
  name: 'login_code',
  category: 'AUTHENTICATION',
};

export const OFFER: TemplateDraft = marketing(
  positional(
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends soon', has_expiration: true } },
    { type: 'BODY', text: 'A quarter off everything in the shop.' },
    buttons({ type: 'COPY_CODE', example: '25OFF' }),
  ),
);
