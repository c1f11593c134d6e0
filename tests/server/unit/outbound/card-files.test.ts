import { WhatsAppError } from '../../../../server/src/errors';
import { assertCardsLive, CARD_FILES_MS } from '../../../../server/src/outbound/card-files';

const carousel = (file: object) => ({
  name: 'cards',
  language: { code: 'en' },
  components: [
    { type: 'carousel', cards: [{ card_index: 0, components: [{ type: 'header', parameters: [file] }] }] },
  ],
});
const codeOf = (template: Parameters<typeof assertCardsLive>[0], later: number): string | null => {
  try {
    assertCardsLive(template, 1_000, 1_000 + later);
    return null;
  } catch (error) {
    return error instanceof WhatsAppError ? error.code : String(error);
  }
};

describe('a carousel that is to go later', () => {
  it.each<[string, object, number, string | null]>([
    ['while its files live', { type: 'image', image: { id: '1' } }, CARD_FILES_MS, null],
    ['after they end', { type: 'image', image: { id: '1' } }, CARD_FILES_MS + 1, 'validation_failed'],
    ['with films too', { type: 'video', video: { id: '1' } }, CARD_FILES_MS + 1, 'validation_failed'],
    [
      'with addresses, which do not end',
      { type: 'image', image: { link: 'https://s.example/a' } },
      CARD_FILES_MS + 1,
      null,
    ],
    ['with products', { type: 'product', product: { product_retailer_id: '1' } }, CARD_FILES_MS + 1, null],
  ])('%s', (_name, file, later, expected) => {
    expect(codeOf(carousel(file), later)).toBe(expected);
  });

  it('is nothing that another template has to do with', () => {
    expect(codeOf({ name: 'a', language: { code: 'en' } }, CARD_FILES_MS * 2)).toBeNull();
  });
});
