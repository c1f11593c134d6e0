/** One webhook per kind of news, as Meta sends it: what the normaliser makes of it is the proof of the column "stored". */
type Json = Record<string, unknown>;

const media = { id: '1', mime_type: 'application/octet-stream', sha256: 'AA==' };
const me = { from: '15550100177', from_user_id: 'US.a1', timestamp: '1790000000' };
const metadata = { display_phone_number: '15550100100', phone_number_id: '555002000000002' };
const common = { messaging_product: 'whatsapp', metadata };

const change = (value: Json, field = 'messages'): Json => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '555001000000001', changes: [{ field, value: { ...common, ...value } }] }],
});
const message = (element: Json): Json =>
  change({
    contacts: [{ profile: { name: 'Ana' }, wa_id: '15550100177', user_id: 'US.a1' }],
    messages: [{ ...me, id: 'wamid.A', ...element }],
  });
const typed = (type: string, content: unknown, more: Json = {}): Json => message({ type, [type]: content, ...more });
const interactive = (type: string, content: Json): Json => typed('interactive', { type, [type]: content });
const status = (name: string): Json =>
  change({ statuses: [{ id: 'wamid.B', status: name, timestamp: '1790000000', recipient_id: '15550100177' }] });

/** By the name of the row. `sends`: the type under which the same can be sent. */
export const SAMPLES: { name: string; payload: Json; sends?: string }[] = [
  { name: 'text', payload: typed('text', { body: 'x' }), sends: 'text' },
  { name: 'image', payload: typed('image', media), sends: 'image' },
  { name: 'video', payload: typed('video', media), sends: 'video' },
  { name: 'audio', payload: typed('audio', { ...media, voice: false }), sends: 'audio' },
  { name: 'voice', payload: typed('audio', { ...media, voice: true }), sends: 'voice' },
  { name: 'document', payload: typed('document', { ...media, filename: 'a.pdf' }), sends: 'document' },
  { name: 'sticker', payload: typed('sticker', media), sends: 'sticker' },
  { name: 'location', payload: typed('location', { latitude: 1, longitude: 2 }), sends: 'location' },
  { name: 'contacts', payload: typed('contacts', [{ name: { formatted_name: 'Ana' } }]), sends: 'contacts' },
  { name: 'button', payload: typed('button', { payload: 'a', text: 'A' }) },
  { name: 'button_reply', payload: interactive('button_reply', { id: 'a', title: 'A' }), sends: 'interactive' },
  { name: 'list_reply', payload: interactive('list_reply', { id: 'a', title: 'A' }), sends: 'interactive' },
  { name: 'nfm_reply', payload: interactive('nfm_reply', { response_json: '{}' }), sends: 'interactive' },
  { name: 'call_permission_reply', payload: interactive('call_permission_reply', { response: 'accept' }) },
  { name: 'order', payload: typed('order', { catalog_id: '7', product_items: [] }) },
  { name: 'reaction', payload: typed('reaction', { message_id: 'wamid.B', emoji: '👍' }), sends: 'reaction' },
  { name: 'edit', payload: typed('edit', { original_message_id: 'wamid.B', message: { type: 'text', text: { body: 'y' } } }) },
  { name: 'revoke', payload: typed('revoke', { original_message_id: 'wamid.B' }) },
  { name: 'referral', payload: typed('text', { body: 'x' }, { referral: { source_type: 'ad', source_id: '1' } }) },
  { name: 'forwarded', payload: typed('text', { body: 'x' }, { context: { forwarded: true } }) },
  { name: 'group_id', payload: typed('text', { body: 'x' }, { group_id: 'g' }) },
  { name: 'user_changed_number', payload: typed('system', { type: 'user_changed_number', wa_id: '1' }) },
  { name: 'user_changed_user_id', payload: typed('system', { type: 'user_changed_user_id', user_id: 'US.b2', previous_user_id: 'US.a1' }) },
  { name: 'unsupported', payload: typed('unsupported', { type: 'poll_creation' }) },
  { name: 'request_welcome', payload: message({ type: 'request_welcome' }) },
  { name: 'hologram', payload: typed('hologram', { depth: 3 }) },
  { name: 'smb_message_echoes', payload: change({ message_echoes: [{ from: '15550100100', to: '15550100177', id: 'wamid.E', timestamp: '1790000000', type: 'text', text: { body: 'x' } }] }, 'smb_message_echoes') },
  { name: 'media_placeholder', payload: change({ history: [{ metadata: { phase: 0 }, threads: [{ id: '15550100177', messages: [{ from: '15550100177', id: 'wamid.H', timestamp: '1789000000', type: 'media_placeholder' }] }] }] }, 'history') },
  { name: 'user_preferences', payload: change({ user_preferences: [{ wa_id: '15550100177', category: 'marketing_messages', value: 'stop', timestamp: 1790000000 }] }, 'user_preferences') },
  { name: 'user_actions', payload: change({ user_actions: [{ timestamp: '1790000000', action_type: 'marketing_messages_link_click', marketing_messages_link_click_data: {} }] }) },
  ...['sent', 'delivered', 'read', 'played', 'failed'].map((name) => ({ name: `status ${name}`, payload: status(name) })),
  { name: 'template', payload: change({}), sends: 'template' },
];
