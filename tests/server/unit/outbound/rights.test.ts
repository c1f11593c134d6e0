import { assertMaySend, type SendRights } from '../../../../server/src/outbound/rights';

const none: SendRights = { reply: false, start: false, template: false };
const verdict = (rights: SendRights | undefined, isTemplate: boolean, hasConversation: boolean): string => {
  try {
    assertMaySend(rights, { isTemplate, hasConversation });
    return 'may';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what a person may send', () => {
  it.each<[string, SendRights | undefined, boolean, boolean, string]>([
    ['a program: anything', undefined, true, false, 'may'],
    ['no right, a reply', none, false, true, 'permission_denied'],
    ['reply right, a reply', { ...none, reply: true }, false, true, 'may'],
    ['reply right, to a stranger', { ...none, reply: true }, false, false, 'permission_denied'],
    ['start right, to a stranger', { ...none, start: true }, false, false, 'may'],
    ['start right, a reply', { ...none, start: true }, false, true, 'permission_denied'],
    ['template right, in a conversation', { ...none, template: true }, true, true, 'may'],
    ['template right, to a stranger', { ...none, template: true }, true, false, 'permission_denied'],
    ['template and start, to a stranger', { ...none, template: true, start: true }, true, false, 'may'],
    ['reply and start, a template', { ...none, reply: true, start: true }, true, true, 'permission_denied'],
  ])('%s', (_name, rights, isTemplate, hasConversation, expected) => {
    expect(verdict(rights, isTemplate, hasConversation)).toBe(expected);
  });
});
