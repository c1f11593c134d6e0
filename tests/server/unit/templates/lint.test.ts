import type { TemplateDraft } from '../../../../server/src/templates/draft';
import { lintTemplate } from '../../../../server/src/templates/lint';
import { BAD, header, link, reply, withButtons, with_ } from './bad-drafts';
import {
  BODY_NAMED,
  BODY_POSITIONAL,
  CAROUSEL,
  CODE,
  media,
  named,
  OFFER,
  PLAIN,
  positional,
} from './fixtures';

const rulesOf = (draft: TemplateDraft): string[] => lintTemplate(draft).map(({ rule }) => rule);
describe('drafts that may be submitted', () => {
  it.each<[string, TemplateDraft]>([
    ['body only', positional(PLAIN)],
    ['named variables', named(BODY_NAMED)],
    ['positional variables', positional(BODY_POSITIONAL)],
    [
      'text header with a variable',
      positional(header('Order {{1}}', { example: { header_text: ['4711'] } }), PLAIN),
    ],
    ['image header', positional(media('IMAGE'), PLAIN)],
    ['document header', positional(media('DOCUMENT'), PLAIN)],
    ['place as header', positional({ type: 'HEADER', format: 'LOCATION' }, PLAIN)],
    ['footer', positional(PLAIN, { type: 'FOOTER', text: 'The corner shop' })],
    [
      'replies before links',
      withButtons(reply('Yes'), reply('No'), link(), {
        type: 'PHONE_NUMBER',
        text: 'Call',
        phone_number: '+15550100',
      }),
    ],
    [
      'link with a variable at its end',
      withButtons(link({ url: 'https://s.example/{{1}}', example: ['a'] })),
    ],
    ['lower-case types', positional({ type: 'body', text: 'Your order is ready for pickup.' })],
    ['carousel', CAROUSEL],
    ['verification code', CODE],
    ['limited-time offer', OFFER],
    ['time to live', with_(positional(PLAIN), { ttlSeconds: 3_600 })],
    ['time to live of thirty days', with_(positional(PLAIN), { ttlSeconds: -1 })],
  ])('%s', (_, draft) => expect(lintTemplate(draft)).toEqual([]));
});

describe(`${BAD.length} drafts that Meta refuses`, () => {
  it.each(BAD)('%s: %s', (_, rule, draft) => expect(rulesOf(draft)).toContain(rule));

  it('names the field', () => {
    expect(lintTemplate(withButtons(reply('Yes'), link({ url: 'x' })))).toEqual([
      { rule: 'url_form', path: 'buttons[1].url', message: 'Is no web address' },
    ]);
  });
});
