import { parametersOf } from '../../../../server/src/templates/parameters';
import { componentsFor, templatePayload } from '../../../../server/src/templates/payload';
import { problemsOf, type TemplateValues } from '../../../../server/src/templates/values';
import { BODY_NAMED, buttons, CAROUSEL, CODE, media, named, OFFER, PLAIN, positional } from './fixtures';
import { FIXED, GOLDEN, mediaOf, type Json } from './golden';

describe(`golden payloads of ${GOLDEN.length} combinations`, () => {
  it.each(GOLDEN.map((golden) => [golden.format, golden.header, golden.button, golden] as const))(
    '%s, header %s, button %s',
    (_format, _header, _button, { template, values, sent }) => {
      expect(problemsOf(template, values)).toEqual([]);
      expect(componentsFor(template, values, mediaOf)).toEqual(sent);
    },
  );

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

  it('carousel of products: as many cards as products are named, though two were approved', () => {
    const card = {
      components: [{ type: 'HEADER', format: 'PRODUCT' }, buttons({ type: 'SPM', text: 'View' })],
    };
    const draft = positional(PLAIN, { type: 'CAROUSEL', cards: [card, card] });
    const cards = ['sku-1', 'sku-2', 'sku-3'].map((productId) => ({
      header: { product: { productId, catalogId: '777' } },
    }));
    expect(problemsOf(draft, { cards })).toEqual([]);
    const [carousel] = componentsFor(draft, { cards }, mediaOf) as { cards: Json[] }[];
    expect(carousel.cards).toHaveLength(3);
    expect(carousel.cards[2]).toEqual({
      card_index: 2,
      components: [
        {
          type: 'header',
          parameters: [{ type: 'product', product: { product_retailer_id: 'sku-3', catalog_id: '777' } }],
        },
      ],
    });
    expect(problemsOf(draft, { cards: cards.slice(0, 1) })).toEqual([
      expect.objectContaining({ component: 'cards[1].header', problem: 'missing' }),
    ]);
    expect(problemsOf(draft, { cards: Array.from({ length: 11 }, () => cards[0]) })).toEqual([
      expect.objectContaining({ component: 'cards', name: '10', problem: 'extra' }),
    ]);
  });

  it('location: where it is, as Meta writes it', () => {
    const [header] = componentsFor(
      positional({ type: 'HEADER', format: 'LOCATION' }, PLAIN),
      { header: { location: { latitude: 1, longitude: 2 } } },
      mediaOf,
    );
    expect(header).toEqual({
      type: 'header',
      parameters: [{ type: 'location', location: { latitude: '1', longitude: '2' } }],
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
