import { overOf, wasEditTaken } from '../../../../server/src/template-drafts/outcome';
import { readListed, type ListedTemplate } from '../../../../server/src/templates/listing';

const listed = (text: string, status = 'APPROVED', buttons: object[] = []): ListedTemplate =>
  readListed({
    id: '1',
    name: 'a',
    language: 'en',
    category: 'UTILITY',
    status,
    components: [{ type: 'BODY', text }, ...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons }] : [])],
  }) as ListedTemplate;
const call = (phone_number: string) => ({ type: 'PHONE_NUMBER', text: 'Call', phone_number });

describe('a change whose answer was lost', () => {
  const over = overOf(listed('Old words.'));
  it.each<[string, string, ListedTemplate, ListedTemplate, boolean]>([
    ['is in review now', over, listed('Old words.', 'PENDING'), listed('New words.'), true],
    ['is there already', over, listed('New words.'), listed('New words.'), true],
    ['is not there', over, listed('Old words.'), listed('New words.'), false],
    ['says what was there before: nobody can tell', over, listed('Old words.'), listed('Old words.'), false],
    [
      'was in review before: the review tells nothing',
      overOf(listed('Old words.', 'PENDING')),
      listed('Old words.', 'PENDING'),
      listed('New words.'),
      false,
    ],
    [
      'is of a phone number alone',
      overOf(listed('Same words.', 'APPROVED', [call('+1')])),
      listed('Same words.', 'APPROVED', [call('+2')]),
      listed('Same words.', 'APPROVED', [call('+2')]),
      true,
    ],
  ])('%s', (_name, before, now, draft, taken) => {
    expect(wasEditTaken(before, now, draft)).toBe(taken);
  });

  it('is compared by what people read: fields that Meta adds, blanks and cases are no difference', () => {
    const now = readListed({
      ...{ id: '1', name: 'a', language: 'en', category: 'UTILITY', status: 'APPROVED' },
      components: [{ type: 'body', text: 'New words. ', example: { body_text: [['x']] }, extra: 1 }],
    }) as ListedTemplate;
    expect(wasEditTaken(over, now, listed('New words.'))).toBe(true);
  });
});
