import * as fc from 'fast-check';
import { withEdit, type Edit, type Edited } from '../../../../server/src/messages/versions';

const message = (over: Partial<Edited> = {}): Edited => ({
  text: 'a',
  content: {},
  writtenAt: 1_000,
  editedAt: 0,
  ...over,
});
const edit = (text: string, at: number, content: Record<string, unknown> = {}): Edit => ({
  text,
  at,
  content,
});
const past = ({ content }: Edited): string[] =>
  ((content.edits as { text: string }[] | undefined) ?? []).map(({ text }) => text);

describe('an edit', () => {
  it('is shown, and what stood there is kept', () => {
    const after = withEdit(message(), edit('b', 2_000));
    expect(after).toMatchObject({ text: 'b', editedAt: 2_000 });
    expect(after.content.edits).toEqual([{ text: 'a', at: new Date(1_000).toISOString() }]);
  });

  it('that comes late takes its place in the history', () => {
    const after = withEdit(withEdit(message(), edit('c', 3_000)), edit('b', 2_000));
    expect([after.text, past(after)]).toEqual(['c', ['a', 'b']]);
  });

  it('told twice is the same object', () => {
    const after = withEdit(message(), edit('b', 2_000));
    expect(withEdit(after, edit('b', 2_000))).toBe(after);
  });

  it('neither brings nor takes what belongs to the message', () => {
    const before = message({ content: { referral: { sourceId: '1' }, caption: 'a' } });
    const after = withEdit(before, edit('b', 2_000, { caption: 'b', forwarded: true }));
    expect(after.content).toMatchObject({ referral: { sourceId: '1' }, caption: 'b' });
    expect(after.content).not.toHaveProperty('forwarded');
  });

  it('of a message that never came has nothing before it', () => {
    const before = message({ content: { originalUnknown: true } });
    const after = withEdit(withEdit(before, edit('b', 2_000)), edit('c', 3_000));
    expect([after.text, past(after)]).toEqual(['c', ['b']]);
  });

  it('any order and repetition of edits ends the same', () => {
    const edits = fc.array(
      fc.record({
        text: fc.string({ maxLength: 3 }),
        at: fc.integer({ min: 900, max: 905 }),
        content: fc.constantFrom({}, { forwarded: true }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        edits.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: 0 })),
        ),
        ([list, order]) => {
          const told = order.length === list.length * 2 ? order : [...order, ...list];
          expect(told.reduce(withEdit, message())).toEqual(list.reduce(withEdit, message()));
        },
      ),
    );
  });
});
