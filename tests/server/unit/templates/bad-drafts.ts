import type { TemplateDraft } from '../../../../server/src/templates/draft';
import type { TemplateButton, TemplateComponent } from '../../../../server/src/templates/model';
import { buttons, CARD, CAROUSEL, CODE, marketing, media, named, OFFER, PLAIN, positional } from './fixtures';

export const header = (text: string, over: Partial<TemplateComponent> = {}): TemplateComponent => ({
  type: 'HEADER',
  format: 'TEXT',
  text,
  ...over,
});
export const body = (text: string, ...examples: string[]): TemplateComponent => ({
  type: 'BODY',
  text,
  ...(examples.length > 0 ? { example: { body_text: [examples] } } : {}),
});
export const reply = (text: string): TemplateButton => ({ type: 'QUICK_REPLY', text });
export const link = (over: Partial<TemplateButton> = {}): TemplateButton => ({
  type: 'URL',
  text: 'Look',
  url: 'https://shop.example/x',
  ...over,
});
export const withButtons = (...list: TemplateButton[]): TemplateDraft => positional(PLAIN, buttons(...list));
export const with_ = (draft: TemplateDraft, over: Partial<TemplateDraft>): TemplateDraft => ({
  ...draft,
  ...over,
});

/** Each is refused by Meta, and each is caught by exactly this rule (others may add to it). */
export const BAD: [what: string, rule: string, draft: TemplateDraft][] = [
  ['capital letters in the name', 'name_form', with_(positional(PLAIN), { name: 'OrderReady' })],
  ['blank in the name', 'name_form', with_(positional(PLAIN), { name: 'order ready' })],
  ['no name', 'name_form', with_(positional(PLAIN), { name: '' })],
  ['endless name', 'name_long', with_(positional(PLAIN), { name: 'a'.repeat(513) })],
  ['hyphen in the language', 'language_form', with_(positional(PLAIN), { language: 'en-US' })],
  ['made-up category', 'category_unknown', with_(positional(PLAIN), { category: 'NEWS' })],
  ['time to live too short', 'ttl_range', with_(positional(PLAIN), { ttlSeconds: 5 })],
  ['marketing for half a minute', 'ttl_range', with_(marketing(positional(PLAIN)), { ttlSeconds: 30 })],
  ['unknown component', 'component_unknown', positional(PLAIN, { type: 'SIGNATURE' })],
  ['two bodies', 'component_twice', positional(PLAIN, PLAIN)],
  ['no body', 'body_missing', positional(header('Hello'))],
  ['blank body', 'body_missing', positional(body('   '))],
  ['long body', 'body_long', positional(body('word '.repeat(250)))],
  ['three line breaks', 'body_lines', positional(body('One\n\n\ntwo'))],
  ['five blanks', 'body_blanks', positional(body('One     two'))],
  ['broken braces', 'variable_broken', positional(body('Your {{order is ready for pickup.'))],
  ['empty braces', 'variable_broken', positional(body('Your {{}} is ready for pickup.'))],
  ['variable at the start', 'variable_at_edge', positional(body('{{1}} is ready for you to pick up', 'It'))],
  ['variable at the end', 'variable_at_edge', positional(body('We have it ready for you, {{1}}', 'Ana'))],
  [
    'two variables in a row',
    'variable_adjacent',
    positional(body('Dear {{1}} {{2}}, it is ready here.', 'a', 'b')),
  ],
  ['too many variables', 'variable_ratio', positional(body('a {{1}} b {{2}} c {{3}} d', '1', '2', '3'))],
  [
    'gap in the numbers',
    'variable_order',
    positional(body('Dear {{1}}, your order {{3}} is ready now.', 'a', 'b')),
  ],
  ['numbers from 2', 'variable_order', positional(body('Dear {{2}}, your order is ready for you.', 'a'))],
  [
    'names in a positional template',
    'variable_position',
    positional(body('Dear {{first_name}}, your order is ready.', 'a')),
  ],
  [
    'capital in a named variable',
    'variable_name',
    named(body('Dear {{firstName}}, your order is ready.', 'a')),
  ],
  ['number in a named template', 'variable_name', named(body('Dear {{1}}, your order is ready.', 'a'))],
  ['no example', 'example_missing', positional(body('Dear {{1}}, your order is ready for you.'))],
  [
    'one example too few',
    'example_missing',
    positional(body('Dear {{1}}, your order {{2}} is ready for you.', 'Ana')),
  ],
  ['empty example', 'example_missing', positional(body('Dear {{1}}, your order is ready for you.', ' '))],
  ['unknown header', 'header_format', positional({ type: 'HEADER', format: 'AUDIO' }, PLAIN)],
  ['image without a sample', 'header_sample', positional({ type: 'HEADER', format: 'IMAGE' }, PLAIN)],
  ['empty header', 'header_empty', positional(header(''), PLAIN)],
  ['long header', 'header_long', positional(header('x'.repeat(61)), PLAIN)],
  [
    'two variables in the header',
    'header_variables',
    positional(header('{{1}} and {{2}}', { example: { header_text: ['a', 'b'] } }), PLAIN),
  ],
  ['line break in the header', 'header_lines', positional(header('a\nb'), PLAIN)],
  ['emoji in the header', 'header_emoji', positional(header('Ready 🎉'), PLAIN)],
  ['bold in the header', 'header_markup', positional(header('It is *ready*'), PLAIN)],
  ['header variable without an example', 'example_missing', positional(header('Order {{1}}'), PLAIN)],
  ['empty footer', 'footer_empty', positional(PLAIN, { type: 'FOOTER', text: '' })],
  ['long footer', 'footer_long', positional(PLAIN, { type: 'FOOTER', text: 'x'.repeat(61) })],
  ['variable in the footer', 'footer_variables', positional(PLAIN, { type: 'FOOTER', text: 'Yours, {{1}}' })],
  ['two lines of footer', 'footer_lines', positional(PLAIN, { type: 'FOOTER', text: 'a\nb' })],
  ['no buttons', 'buttons_empty', withButtons()],
  [
    'eleven buttons',
    'buttons_count',
    withButtons(...Array.from({ length: 11 }, (_, i) => reply(`Reply ${i}`))),
  ],
  ['unknown button', 'button_unknown', withButtons({ type: 'MAGIC', text: 'x' })],
  ['button without a label', 'button_label', withButtons(reply(''))],
  ['long label', 'button_label_long', withButtons(reply('x'.repeat(26)))],
  ['variable in a label', 'button_label_variable', withButtons(reply('Hi {{1}}'))],
  ['two equal labels', 'button_label_twice', withButtons(reply('Yes'), reply('Yes'))],
  [
    'three links',
    'button_kind_count',
    withButtons(link({ text: 'a' }), link({ text: 'b' }), link({ text: 'c' })),
  ],
  ['replies on both sides', 'button_grouping', withButtons(reply('Yes'), link(), reply('No'))],
  ['no address', 'url_form', withButtons(link({ url: 'shop' }))],
  ['script as an address', 'url_form', withButtons(link({ url: 'javascript:alert(1)' }))],
  ['long address', 'url_long', withButtons(link({ url: `https://s.example/${'x'.repeat(2000)}` }))],
  ['link into WhatsApp', 'url_whatsapp', withButtons(link({ url: 'https://wa.me/15550100' }))],
  [
    'variable in the middle of an address',
    'url_variable',
    withButtons(link({ url: 'https://s.example/{{1}}/x', example: ['a'] })),
  ],
  [
    'named variable in an address',
    'url_variable_name',
    withButtons(link({ url: 'https://s.example/{{id}}', example: ['a'] })),
  ],
  [
    'address variable without an example',
    'example_missing',
    withButtons(link({ url: 'https://s.example/{{1}}' })),
  ],
  [
    'no phone number',
    'button_phone',
    withButtons({ type: 'PHONE_NUMBER', text: 'Call', phone_number: 'home' }),
  ],
  ['coupon without an example', 'example_missing', marketing(withButtons({ type: 'COPY_CODE' }))],
  ['long coupon', 'coupon_long', marketing(withButtons({ type: 'COPY_CODE', example: 'x'.repeat(21) }))],
  ['flow without a flow', 'button_flow', withButtons({ type: 'FLOW', text: 'Book' })],
  ['code button in a utility template', 'otp_category', withButtons({ type: 'OTP' })],
  ['offer in a utility template', 'offer_category', with_(OFFER, { category: 'UTILITY' })],
  [
    'offer with a footer',
    'offer_footer',
    { ...OFFER, components: [...OFFER.components, { type: 'FOOTER', text: 'Us' }] },
  ],
  [
    'long offer',
    'offer_text_long',
    marketing(
      positional({ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'x'.repeat(17) } }, PLAIN),
    ),
  ],
  [
    'offer without a text',
    'offer_text_missing',
    marketing(positional({ type: 'LIMITED_TIME_OFFER', limited_time_offer: {} }, PLAIN)),
  ],
  [
    'long body beside an offer',
    'body_long',
    {
      ...OFFER,
      components: [...OFFER.components.filter(({ type }) => type !== 'BODY'), body('word '.repeat(130))],
    },
  ],
  ['one card', 'carousel_count', marketing(positional(PLAIN, { type: 'CAROUSEL', cards: [CARD()] }))],
  ['carousel in a utility template', 'carousel_category', with_(CAROUSEL, { category: 'UTILITY' })],
  [
    'cards that differ',
    'carousel_uneven',
    marketing(positional(PLAIN, { type: 'CAROUSEL', cards: [CARD(), { components: [media('VIDEO')] }] })),
  ],
  [
    'card without a picture',
    'card_header',
    marketing(
      positional(PLAIN, { type: 'CAROUSEL', cards: [{ components: [PLAIN] }, { components: [PLAIN] }] }),
    ),
  ],
  ['header on a code', 'auth_header', { ...CODE, components: [...CODE.components, header('Hello')] }],
  ['own words on a code', 'auth_body', { ...CODE, components: [PLAIN, buttons({ type: 'OTP' })] }],
  [
    'code that lives for two hours',
    'auth_expiry',
    {
      ...CODE,
      components: [
        { type: 'BODY' },
        { type: 'FOOTER', code_expiration_minutes: 120 },
        buttons({ type: 'OTP' }),
      ],
    },
  ],
  ['code without its button', 'auth_button', { ...CODE, components: [{ type: 'BODY' }] }],
];
