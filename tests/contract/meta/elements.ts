/** One message of every type that Meta takes, as our client writes it: what stands under the type's key. */
export type Element = { type: string } & Record<string, unknown>;

/** @param media ids of uploads, by kind */
export const elementsOf = (media: Record<string, string>, quotedWamid: string): Element[] => [
  { type: 'text', text: { body: 'Hello', preview_url: true } },
  { type: 'image', image: { id: media.image, caption: 'A picture' } },
  { type: 'image', image: { link: 'https://example.com/a.png' } },
  { type: 'video', video: { id: media.video, caption: 'A film' } },
  { type: 'audio', audio: { id: media.audio } },
  { type: 'audio', audio: { id: media.audio, voice: true } },
  { type: 'document', document: { id: media.document, filename: 'invoice.pdf', caption: 'Your invoice' } },
  { type: 'sticker', sticker: { id: media.sticker } },
  { type: 'location', location: { latitude: 41.4, longitude: 2.17, name: 'Office', address: 'Barcelona' } },
  {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Ana Pérez', first_name: 'Ana', last_name: 'Pérez' },
        phones: [{ phone: '+34600555001', type: 'CELL', wa_id: '34600555001' }],
        emails: [{ email: 'ana@example.com', type: 'WORK' }],
        org: { company: 'Shop' },
      },
    ],
  },
  { type: 'reaction', reaction: { message_id: quotedWamid, emoji: '👍' } },
  { type: 'reaction', reaction: { message_id: quotedWamid, emoji: '' } },
  ...INTERACTIVE.map((interactive) => ({ type: 'interactive', interactive })),
  {
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
    },
  },
];

const body = { text: 'Please choose' };

const INTERACTIVE: Record<string, unknown>[] = [
  {
    type: 'button',
    header: { type: 'text', text: 'A question' },
    body,
    footer: { text: 'Shop' },
    action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
  },
  {
    type: 'list',
    body,
    action: {
      button: 'Choose',
      sections: [{ title: 'A', rows: [{ id: 'one', title: 'One', description: 'The first' }] }],
    },
  },
  {
    type: 'list',
    body,
    action: { button: 'Choose', sections: [{ rows: [{ id: 'two', title: 'Two' }] }] },
  },
  {
    type: 'cta_url',
    body,
    action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com' } },
  },
  { type: 'location_request_message', body, action: { name: 'send_location' } },
  { type: 'request_contact_info', body, action: { name: 'request_contact_info' } },
  { type: 'address_message', body, action: { name: 'address_message', parameters: { country: 'IN' } } },
  {
    type: 'flow',
    body,
    action: {
      name: 'flow',
      parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Book', flow_token: 't1' },
    },
  },
  { type: 'catalog_message', body, action: { name: 'catalog_message' } },
  { type: 'product', body, action: { catalog_id: '777', product_retailer_id: 'SKU-1' } },
  {
    type: 'product_list',
    header: { type: 'text', text: 'For you' },
    body,
    action: {
      catalog_id: '777',
      sections: [{ title: 'A', product_items: [{ product_retailer_id: 'SKU-1' }] }],
    },
  },
  {
    type: 'carousel',
    body,
    action: {
      cards: [0, 1].map((card_index) => ({
        card_index,
        type: 'product',
        action: { catalog_id: '777', product_retailer_id: 'SKU-1' },
      })),
    },
  },
];

/** Kinds of `interactive` that are sent here, for the coverage table. */
export const INTERACTIVE_KINDS = [...new Set(INTERACTIVE.map(({ type }) => String(type)))];
