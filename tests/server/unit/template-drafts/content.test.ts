import {
  bodyOf,
  contentOf,
  copyName,
  emptyContent,
  sameContent,
} from '../../../../server/src/template-drafts/content';
import { readListed, type ListedTemplate } from '../../../../server/src/templates/listing';

const listed = (over: Record<string, unknown>): ListedTemplate =>
  readListed({
    id: '1',
    name: 'order_ready',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    parameter_format: 'NAMED',
    ...over,
  }) as ListedTemplate;

describe('a template that is to be handed in again', () => {
  it('keeps what was written, and of samples only handles: Meta takes no address back', () => {
    const image = (handle: string) => ({
      type: 'HEADER',
      format: 'IMAGE',
      example: { header_handle: [handle] },
    });
    const text = { type: 'BODY', text: 'Ready.', example: { body_text: [['x']] } };
    expect(contentOf(listed({ components: [image('https://cdn.example/a'), text] })).components).toEqual([
      { type: 'HEADER', format: 'IMAGE' },
      text,
    ]);
    expect(contentOf(listed({ components: [image('4::aW1hZ2U')] })).components).toEqual([
      image('4::aW1hZ2U'),
    ]);
  });

  it('does so in the cards of a carousel too', () => {
    const card = (example?: object) => ({
      components: [{ type: 'HEADER', format: 'VIDEO', ...(example ? { example } : {}) }],
    });
    const carousel = (example?: object) => [{ type: 'CAROUSEL', cards: [card(example)] }];
    const read = listed({ components: carousel({ header_handle: ['https://cdn.example/v'] }) });
    expect(contentOf(read).components).toEqual(carousel());
  });

  it('of authentication is without the words that Meta wrote', () => {
    const read = listed({
      category: 'AUTHENTICATION',
      components: [
        { type: 'BODY', text: '*{{1}}* is your code. For your security, do not share this code.' },
        { type: 'FOOTER', text: 'This code expires in 15 minutes.' },
        {
          type: 'BUTTONS',
          buttons: [
            {
              type: 'URL',
              text: 'Copy code',
              url: 'https://www.whatsapp.com/otp/code/?otp_type=ONE_TAP&x=1',
            },
          ],
        },
      ],
    });
    expect(contentOf(read).components).toEqual([
      { type: 'BODY', add_security_recommendation: true },
      { type: 'FOOTER', code_expiration_minutes: 15 },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'ONE_TAP', text: 'Copy code' }] },
    ]);
    const plain = listed({
      category: 'AUTHENTICATION',
      components: [
        { type: 'BODY', text: '*{{1}}* is your code.' },
        { type: 'FOOTER' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', url: 'https://www.whatsapp.com/otp' }] },
      ],
    });
    expect(contentOf(plain).components).toEqual([
      { type: 'BODY' },
      { type: 'FOOTER' },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
    ]);
  });
});

describe('the name of a copy', () => {
  it.each([
    ['order', [], 'order_copy'],
    ['order', ['order_copy'], 'order_copy_2'],
    ['order', ['order_copy', 'order_copy_2'], 'order_copy_3'],
  ])('of %s beside %j is %s', (name, taken, expected) => {
    expect(copyName(name, taken)).toBe(expected);
  });

  it('is no longer than Meta takes, and still another one', () => {
    const name = 'n'.repeat(512);
    const first = copyName(name, [name]);
    expect([first.length, copyName(name, [name, first]).length]).toEqual([512, 512]);
    expect(copyName(name, [name, first])).not.toBe(first);
  });
});

describe('whether two say the same', () => {
  const content = emptyContent({ components: [{ type: 'BODY', text: 'Hi' }] });
  it('does not ask in which order a database keeps keys', () => {
    expect(sameContent(content, { ...content, components: [{ text: 'Hi', type: 'BODY' }] })).toBe(true);
  });
  it.each<[string, Partial<typeof content>]>([
    ['a text', { components: [{ type: 'BODY', text: 'Ho' }] }],
    ['the order of components', { components: [{ type: 'FOOTER', text: 'x' }, ...content.components] }],
    ['a name', { name: 'a' }],
    ['a language', { language: 'tr' }],
    ['a category', { category: 'MARKETING' }],
    ['how variables are named', { parameterFormat: 'POSITIONAL' }],
    ['how long it is tried', { ttlSeconds: 60 }],
  ])('sees %s', (_what, change) => {
    expect(sameContent(content, { ...content, ...change })).toBe(false);
  });
});

it('a template is known by its body', () => {
  expect(
    bodyOf([
      { type: 'HEADER', text: 'No' },
      { type: 'body', text: ' Yes ' },
    ]),
  ).toBe('Yes');
  expect(bodyOf([])).toBe('');
});
