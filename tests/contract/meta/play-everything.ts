import type { PlayAction, Simulator } from '../../../simulator/src';

type Tapped = 'button' | 'button_reply' | 'list_reply';

/** Everything a customer can do that needs no earlier message of the business. */
const ALONE: PlayAction[] = [
  { type: 'text', text: 'Hello 👋 / olá' },
  { type: 'text', text: 'From an ad', referral: {} },
  { type: 'text', text: 'Again', forwarded: true },
  { type: 'text', text: 'Often', forwarded: 'frequently' },
  { type: 'text', text: 'This one?', product: { catalogId: '777', productRetailerId: 'SKU-1' } },
  { type: 'text', text: 'To all', groupId: 'Y2FwaV9ncm91cDox' },
  { type: 'image', caption: 'Look' },
  { type: 'image', referral: { sourceType: 'post' } },
  { type: 'video', caption: 'A film' },
  { type: 'audio', voice: true },
  { type: 'audio', voice: false },
  { type: 'document', fileName: 'a.pdf', caption: 'Read' },
  { type: 'sticker' },
  { type: 'location' },
  { type: 'contacts' },
  { type: 'contacts', asked: true },
  { type: 'broken_media', kind: 'image' },
  { type: 'broken_media', kind: 'audio' },
  { type: 'order', text: 'Soon please' },
  { type: 'unsupported' },
  { type: 'unknown' },
  { type: 'request_welcome' },
  { type: 'flow_reply' },
  { type: 'address_reply' },
  { type: 'call_permission', response: 'accept' },
  { type: 'call_permission', response: 'reject' },
  { type: 'echo', text: 'From the phone' },
  { type: 'history', texts: ['Long ago', 'Yes'], media: true },
  { type: 'preference', value: 'stop' },
  { type: 'preference', value: 'resume' },
  { type: 'link_click' },
];

export const playAlone = async (simulator: Simulator, customerId: string, number: string): Promise<void> => {
  for (const action of ALONE) await simulator.play(customerId, number, action);
};

/** What refers to a message: of the customer (`own`), or taps on what the business sent. */
export const playAnswers = async (
  simulator: Simulator,
  customerId: string,
  number: string,
): Promise<void> => {
  const play = (action: PlayAction) => simulator.play(customerId, number, action);
  const { wamid } = await play({ type: 'text', text: 'Wrong' });
  await play({ type: 'text', text: 'I quote myself', replyTo: wamid });
  await play({ type: 'reaction', messageId: wamid, emoji: '😀' });
  await play({ type: 'reaction', messageId: wamid, emoji: '' });
  await play({ type: 'edit', messageId: wamid, text: 'Right' });
  await play({ type: 'revoke', messageId: wamid });
  for (const message of simulator.thread(customerId, number)) {
    if (message.direction !== 'in') continue;
    const tapped = new Set(message.choices.map(({ kind }) => kind));
    for (const type of tapped as Set<Tapped>) await play({ type, messageId: message.wamid });
    if (message.type === 'audio') await play({ type: 'listen', messageId: message.wamid });
  }
};

/** Kinds of action that these two play, for the coverage table. */
export const PLAYED_KINDS: readonly string[] = [
  ...new Set([
    ...ALONE.map(({ type }) => type as string),
    'reaction',
    'edit',
    'revoke',
    'button',
    'button_reply',
    'list_reply',
    'listen',
    'changed_number',
    'changed_user_id',
  ]),
];
