import { reactionKey, reactionOf } from '../../../../server/src/messages/reaction-key';

it('what travels with a reaction leads back to its message and moment', () => {
  const send = { messageId: 42, at: 1_790_000_000_123 };
  expect(reactionOf(reactionKey(send))).toEqual(send);
});

it.each([
  null,
  '',
  'reaction:',
  'reaction:1',
  'reaction:x:1',
  ' reaction:1:2',
  'reaction:1:2 ',
  'a-send-key',
])('no reaction: %p', (opaque) => expect(reactionOf(opaque)).toBeNull());
