import type { TemplateDraft } from '../../../../server/src/templates/draft';
import { renderTemplate } from '../../../../server/src/templates/render';
import { fromFlat, problemsOf, type TemplateValues } from '../../../../server/src/templates/values';
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

const LINK = { type: 'URL', text: 'Look', url: 'https://s.example/{{1}}', example: ['a'] };
const HEADED: TemplateDraft = named(
  { type: 'HEADER', format: 'TEXT', text: 'News of {{shop}}' },
  BODY_NAMED,
  { type: 'FOOTER', text: 'The corner shop' },
  buttons({ type: 'QUICK_REPLY', text: 'Stop' }, LINK),
);
const FULL: TemplateValues = {
  header: { shop: 'Corner' },
  body: { first_name: 'Ana', order_no: '42' },
  buttons: [null, { text: 'summer' }],
};
const found = (draft: TemplateDraft, values: TemplateValues): string[] =>
  problemsOf(draft, values).map(({ component, name, problem }) => `${component}.${name} ${problem}`);

describe('values that Meta would refuse', () => {
  it.each<[string, TemplateDraft, TemplateValues, string[]]>([
    ['nothing is wrong', HEADED, FULL, []],
    ['a number is text', HEADED, { ...FULL, body: { first_name: 'Ana', order_no: 42 } }, []],
    ['missing in the body', HEADED, { ...FULL, body: { first_name: 'Ana' } }, ['body.order_no missing']],
    ['missing in the header', HEADED, { ...FULL, header: {} }, ['header.shop missing']],
    ['missing suffix of a link', HEADED, { ...FULL, buttons: [] }, ['buttons.1 missing']],
    ['empty', HEADED, { ...FULL, header: { shop: '  ' } }, ['header.shop empty']],
    ['null', HEADED, { ...FULL, header: { shop: null } }, ['header.shop missing']],
    ['line break', HEADED, { ...FULL, header: { shop: 'a\nb' } }, ['header.shop malformed']],
    ['tab', HEADED, { ...FULL, header: { shop: 'a\tb' } }, ['header.shop malformed']],
    ['five blanks', HEADED, { ...FULL, header: { shop: 'a     b' } }, ['header.shop malformed']],
    ['four blanks', HEADED, { ...FULL, header: { shop: 'a    b' } }, []],
    ['object', HEADED, { ...FULL, header: { shop: {} } }, ['header.shop malformed']],
    ['too long', HEADED, { ...FULL, header: { shop: 'x'.repeat(1025) } }, ['header.shop too_long']],
    [
      'a header that gets too long with its value',
      HEADED,
      { ...FULL, header: { shop: 'x'.repeat(53) } },
      ['header.shop too_long'],
    ],
    ['a header that just fits', HEADED, { ...FULL, header: { shop: 'x'.repeat(52) } }, []],
    [
      'a body that gets too long with its values',
      HEADED,
      { ...FULL, body: { first_name: 'x'.repeat(400), order_no: 'y'.repeat(620) } },
      ['body.order_no too_long'],
    ],
    ['extra in the body', HEADED, { ...FULL, body: { ...FULL.body, age: 3 } }, ['body.age extra']],
    [
      'wrong case of a name',
      HEADED,
      { ...FULL, header: { Shop: 'x' } },
      ['header.shop missing', 'header.Shop extra'],
    ],
    ['third button', HEADED, { ...FULL, buttons: [null, { text: 'a' }, { text: 'b' }] }, ['buttons.2 extra']],
    ['by position', positional(BODY_POSITIONAL), { body: { 1: 'Ana', 2: 'x' } }, []],
    ['no file', positional(media('IMAGE'), PLAIN), {}, ['header.image missing']],
    [
      'file without a source',
      positional(media('IMAGE'), PLAIN),
      { header: { image: {} } },
      ['header.image malformed'],
    ],
    [
      'file with two sources',
      positional(media('IMAGE'), PLAIN),
      { header: { image: { mediaId: '1', url: 'https://s.example/a.png' } } },
      ['header.image malformed'],
    ],
    [
      'other kind of file',
      positional(media('IMAGE'), PLAIN),
      { header: { video: { mediaId: '1' } } },
      ['header.image missing', 'header.video extra'],
    ],
    [
      'place off the globe',
      positional({ type: 'HEADER', format: 'LOCATION' }, PLAIN),
      { header: { location: { latitude: 91, longitude: 0 } } },
      ['header.location malformed'],
    ],
    ['no end of an offer', OFFER, { buttons: [{ couponCode: 'A' }] }, ['limitedTimeOffer.expiresAt missing']],
    [
      'nonsense as the end of an offer',
      OFFER,
      { limitedTimeOffer: { expiresAt: 'soon' }, buttons: [{ couponCode: 'A' }] },
      ['limitedTimeOffer.expiresAt malformed'],
    ],
    [
      'long coupon',
      OFFER,
      { limitedTimeOffer: { expiresAt: 1 }, buttons: [{ couponCode: 'x'.repeat(21) }] },
      ['buttons.0 too_long'],
    ],
    ['no code', CODE, {}, ['body.1 missing']],
    [
      'card without its word',
      CAROUSEL,
      {
        cards: [
          { header: { image: { mediaId: '1' } }, body: { 1: 'a' }, buttons: [null, { text: 'a' }] },
          { header: { image: { mediaId: '1' } }, buttons: [null, { text: 'a' }] },
        ],
      },
      ['cards[1].body.1 missing'],
    ],
    ['third card', positional(PLAIN), { cards: [{ body: { 1: 'a' } }] }, ['cards.0 extra']],
  ])('%s', (_, draft, values, problems) => expect(found(draft, values)).toEqual(problems));
});

describe('the short form', () => {
  it('puts each value where the template has its name', () => {
    expect(fromFlat(HEADED, { shop: 'Corner', first_name: 'Ana', order_no: 42 })).toEqual({
      header: { shop: 'Corner' },
      body: { first_name: 'Ana', order_no: 42 },
    });
  });
  it('knows a file for the header', () => {
    expect(
      fromFlat(positional(media('IMAGE'), BODY_POSITIONAL), { image: { url: 'u' }, 1: 'Ana', 2: 'b' }),
    ).toEqual({
      header: { image: { url: 'u' } },
      body: { 1: 'Ana', 2: 'b' },
    });
  });
  it('leaves what fits nowhere to be named as extra', () => {
    expect(found(positional(PLAIN), fromFlat(positional(PLAIN), { age: 3 }))).toEqual(['body.age extra']);
  });
});

describe('what a person sees', () => {
  it('is filled, whole and in order', () => {
    expect(renderTemplate(HEADED, FULL)).toEqual({
      header: { type: 'text', text: 'News of Corner' },
      body: 'Hi Ana, your order 42 is ready for pickup.',
      footer: 'The corner shop',
      buttons: [
        { type: 'quick_reply', text: 'Stop', target: null },
        { type: 'url', text: 'Look', target: 'https://s.example/summer' },
      ],
      cards: [],
      offer: null,
      text: 'News of Corner\nHi Ana, your order 42 is ready for pickup.\nThe corner shop',
    });
  });
  it('keeps a variable without a value readable', () => {
    expect(renderTemplate(HEADED, { body: { first_name: 'Ana' } }).body).toBe(
      'Hi Ana, your order {{order_no}} is ready for pickup.',
    );
  });
  it('does not take a value for a variable', () => {
    expect(
      renderTemplate(HEADED, { ...FULL, body: { first_name: '{{order_no}}', order_no: '$&' } }).body,
    ).toBe('Hi {{order_no}}, your order $& is ready for pickup.');
  });
  it('shows the words that Meta puts into a verification code', () => {
    expect(renderTemplate(CODE, { body: { 1: '123456' } })).toMatchObject({
      body: '*123456* is your verification code. For your security, do not share this code.',
      footer: 'This code expires in 10 minutes.',
      buttons: [{ type: 'otp', text: 'Copy code', target: null }],
    });
  });
  it('shows every card and the end of an offer', () => {
    expect(
      renderTemplate(CAROUSEL, { cards: [{ body: { 1: 'bread' } }] }).cards.map(({ body }) => body),
    ).toEqual(['Fresh bread today, come and see.', 'Fresh {{1}} today, come and see.']);
    expect(renderTemplate(OFFER, { limitedTimeOffer: { expiresAt: 7 } }).offer).toEqual({
      text: 'Ends soon',
      expiresAt: 7,
    });
  });
});
