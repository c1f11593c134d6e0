/** What a customer can do, in the shapes of Meta's webhook reference. */
import { createVoiceNote } from '../../simulator/src/fixtures/ogg';
import type { Customer } from '../../simulator/src';
import { PHONE_ID, setStage, type Json, type Stage } from './stage';

let stage: Stage;
let ana: Customer;
beforeEach(async () => {
  stage = await setStage();
  ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177', username: 'ana.p' });
});
afterEach(() => stage.close());

const play = (action: Parameters<Stage['simulator']['play']>[2], who = ana) =>
  stage.simulator.play(who.id, PHONE_ID, action);
const messages = async (): Promise<Json[]> => {
  await stage.simulator.idle();
  return stage.receiver.all('messages');
};
const values = async (field: string): Promise<Json[]> => {
  await stage.simulator.idle();
  return stage.receiver.received.flatMap(({ body }) =>
    body.entry.flatMap((entry: Json) =>
      entry.changes.filter((change: Json) => change.field === field).map((change: Json) => change.value),
    ),
  );
};
const phone = () => stage.simulator.thread(ana.id, PHONE_ID);

it('edits a text in place: an event of its own that names the original', async () => {
  const { wamid } = await play({ type: 'text', text: 'Helo' });
  const { wamid: event } = await play({ type: 'edit', messageId: wamid, text: 'Hello' });
  expect((await messages())[1]).toMatchObject({
    id: event,
    type: 'edit',
    edit: { original_message_id: wamid, message: { type: 'text', text: { body: 'Hello' } } },
  });
  expect(phone()).toMatchObject([{ wamid, text: 'Hello', edited: true }]);
});

it('deletes for everyone, and nobody deletes what is not theirs', async () => {
  const { wamid } = await play({ type: 'text', text: 'Oops' });
  await play({ type: 'revoke', messageId: wamid });
  expect((await messages())[1]).toMatchObject({ type: 'revoke', revoke: { original_message_id: wamid } });
  expect(phone()).toMatchObject([{ wamid, text: '', revoked: true }]);
  const sent = await stage.text('+15550100177');
  await expect(play({ type: 'revoke', messageId: sent.body.messages[0].id })).rejects.toThrow(/own message/);
});

it.each([
  [{ type: 'text', text: 'x', forwarded: true } as const, { context: { forwarded: true } }],
  [
    { type: 'text', text: 'x', forwarded: 'frequently' } as const,
    { context: { frequently_forwarded: true } },
  ],
  [{ type: 'text', text: 'x', groupId: 'G1' } as const, { group_id: 'G1' }],
  [
    { type: 'text', text: 'x', product: { catalogId: '7', productRetailerId: 'S' } } as const,
    { context: { referred_product: { catalog_id: '7', product_retailer_id: 'S' } } },
  ],
  [
    { type: 'image', referral: { headline: 'Autumn' } } as const,
    { referral: { headline: 'Autumn', source_type: 'ad' } },
  ],
  [
    { type: 'contacts', asked: true } as const,
    { origin: 'contact_request', contacts: [{ phones: [{ wa_id: '15550100177' }] }] },
  ],
  [{ type: 'broken_media', kind: 'video' } as const, { type: 'video', errors: [{ code: 131052 }] }],
  [
    { type: 'unknown', name: 'hologram', content: { depth: 3 } } as const,
    { type: 'hologram', hologram: { depth: 3 } },
  ],
  [{ type: 'request_welcome' } as const, { type: 'request_welcome' }],
  [
    { type: 'flow_reply', response: 'no json' } as const,
    { interactive: { nfm_reply: { response_json: 'no json' } } },
  ],
  [
    { type: 'call_permission', response: 'reject' } as const,
    { interactive: { call_permission_reply: { response: 'reject' } } },
  ],
  [{ type: 'sticker', animated: true } as const, { sticker: { animated: true, mime_type: 'image/webp' } }],
])('%j arrives as %j', async (action, expected) => {
  await play(action);
  expect(await messages()).toMatchObject([expected]);
});

it('sends a film that is an MP4 with its index in front', async () => {
  await play({ type: 'video', caption: 'Look' });
  const [{ video }] = await messages();
  const { bytes, mimeType } = stage.simulator.media(video.id) ?? {};
  expect(mimeType).toBe('video/mp4');
  const boxes: string[] = [];
  for (let at = 0; at < (bytes as Buffer).length; at += (bytes as Buffer).readUInt32BE(at))
    boxes.push((bytes as Buffer).toString('latin1', at + 4, at + 8));
  expect(boxes).toEqual(['ftyp', 'moov', 'mdat']);
});

it('changes only the BSUID: no contacts, no phone', async () => {
  const before = ana.userId;
  await play({ type: 'changed_user_id' });
  const [message] = await messages();
  expect(message).toMatchObject({
    type: 'system',
    system: { type: 'user_changed_user_id', previous_user_id: before },
  });
  expect(Object.keys(message)).not.toContain('from');
  expect((await values('messages'))[0].contacts).toBeUndefined();
});

it('hears the phone app: an echo is ours, and neither echo nor history opens the window', async () => {
  const { wamid } = await play({ type: 'echo', text: 'On my way' });
  expect((await values('smb_message_echoes'))[0].message_echoes).toMatchObject([
    {
      id: wamid,
      from: '15550100100',
      to: '15550100177',
      to_user_id: ana.userId,
      text: { body: 'On my way' },
    },
  ]);
  await play({ type: 'history', texts: ['Before', 'Yes'], media: true });
  const [{ history }] = await values('history');
  expect(history[0].threads[0].messages.map(({ type, from }: Json) => [type, from])).toEqual([
    ['text', '15550100177'],
    ['text', '15550100100'],
    ['media_placeholder', '15550100177'],
  ]);
  await stage.text('+15550100177');
  await stage.simulator.idle();
  expect(stage.receiver.all('statuses')).toMatchObject([{ status: 'failed', errors: [{ code: 131047 }] }]);
});

it('stops marketing, and clicks a link', async () => {
  await play({ type: 'preference', value: 'stop' });
  await play({ type: 'link_click' });
  expect(await values('user_preferences')).toMatchObject([
    { user_preferences: [{ value: 'stop', category: 'marketing_messages', wa_id: '15550100177' }] },
  ]);
  expect(await values('messages')).toMatchObject([
    { user_actions: [{ action_type: 'marketing_messages_link_click' }] },
  ]);
});

describe('statuses', () => {
  const sent = async (body: Json): Promise<string> => {
    await play({ type: 'text', text: 'hi' });
    const answer = await stage.send({ to: '+15550100177', ...body });
    await stage.simulator.idle();
    return answer.body.messages[0].id;
  };
  const told = () => stage.receiver.all('statuses').map(({ status }) => status);

  it('of a person who came by an ad are free, and name the conversation on sent only', async () => {
    await play({ type: 'text', text: 'hi', referral: {} });
    await stage.text('+15550100177');
    await stage.simulator.idle();
    const [first, second] = stage.receiver.all('statuses');
    expect(first).toMatchObject({
      conversation: { origin: { type: 'referral_conversion' } },
      pricing: { billable: false, type: 'free_entry_point', category: 'referral_conversion' },
    });
    expect(second.conversation).toBeUndefined();
  });

  it('can be posted by hand, in any order, with any code', async () => {
    const wamid = await sent({ type: 'text', text: { body: 'x' } });
    stage.simulator.status({ wamid, status: 'read' });
    stage.simulator.status({ wamid, status: 'failed', code: 131049 });
    stage.simulator.status({ wamid, status: 'warning' });
    await stage.simulator.idle();
    expect(told()).toEqual(['sent', 'delivered', 'read', 'failed', 'warning']);
    expect(stage.receiver.all('statuses')[3].errors).toMatchObject([{ code: 131049 }]);
    expect(() => stage.simulator.status({ wamid: 'wamid.none', status: 'read' })).toThrow(/no such message/);
  });

  it('played follows a voice note that was listened to, and nothing else', async () => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('file', new Blob([new Uint8Array(createVoiceNote())], { type: 'audio/ogg' }), 'a.ogg');
    const upload = await fetch(`${stage.simulator.url}/${PHONE_ID}/media`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-token' },
      body: form,
    });
    const { id } = (await upload.json()) as { id: string };
    const wamid = await sent({ type: 'audio', audio: { id, voice: true } });
    await play({ type: 'listen', messageId: wamid });
    await stage.simulator.idle();
    expect(told()).toEqual(['sent', 'delivered', 'played']);
    const text = await sent({ type: 'text', text: { body: 'x' } });
    await expect(play({ type: 'listen', messageId: text })).rejects.toThrow(/voice note/);
  });
});

it('shows on the phone what can be tapped and what is attached', async () => {
  await play({ type: 'image', caption: 'Look' });
  await stage.send({
    to: '+15550100177',
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Well?' },
      action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
    },
  });
  const [picture, question] = phone();
  expect(picture.media).toMatchObject({ mimeType: 'image/png' });
  expect(question.choices).toEqual([{ kind: 'button_reply', id: 'y', title: 'Yes' }]);
  expect(stage.simulator.media((picture.media as { id: string }).id)?.bytes.length).toBeGreaterThan(50);
});

describe('portfolios', () => {
  const OTHER = '555002000000009';
  beforeEach(() => {
    stage.simulator.addNumber({
      phoneNumberId: OTHER,
      wabaId: '555001000000009',
      displayPhoneNumber: '+1 555-010-0900',
      verifiedName: 'Other shop',
      accessToken: 'other',
      appSecret: 'other-secret',
      callbackUrl: null,
      portfolioId: 'other',
    });
  });

  it('have people of their own: the same phone is another person with another BSUID', async () => {
    const twin = stage.simulator.customers.add({ name: 'Twin', phone: '+15550100177', portfolioId: 'other' });
    expect(twin.userId).not.toBe(ana.userId);
    expect(stage.simulator.customers.list('other')).toEqual([twin]);
    expect(stage.simulator.customers.list('')).toEqual([ana]);
    await stage.simulator.play(twin.id, OTHER, { type: 'text', text: 'hi' });
    await expect(play({ type: 'text', text: 'hi' }, twin)).rejects.toThrow(/another portfolio/);
    expect(phone()).toEqual([]);
  });

  it('do not find each other’s people by BSUID', async () => {
    const body = { messaging_product: 'whatsapp', recipient: ana.userId, type: 'text', text: { body: 'x' } };
    await stage.graph('POST', `/${OTHER}/messages`, body, 'other');
    await stage.simulator.idle();
    expect(phone()).toEqual([]);
    expect(stage.simulator.customers.list('other')).toEqual([]);
  });
});
