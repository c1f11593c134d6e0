import { webhookError } from '../errors';
import type { Fields } from '../send/fields';
import * as media from './media-content';
import type { Of, PlayedContent, Scenery, Written } from './played';
import * as taps from './taps';

const location = (action: Of<'location'>): PlayedContent => {
  const name = action.name ?? 'Philz Coffee';
  const address = action.address ?? '101 Forest Ave, Palo Alto, CA 94301';
  const content = {
    latitude: action.latitude ?? 37.44221,
    longitude: action.longitude ?? -122.16166,
    name,
    address,
  };
  return { type: 'location', content, text: `${name}, ${address}` };
};

const contacts = ({ customer }: Scenery, action: Of<'contacts'>): PlayedContent => {
  const own = action.asked ? { name: customer.name, phone: customer.phone ?? '+15550100198' } : null;
  const name = action.name ?? own?.name ?? 'Lucía Gómez';
  const phone = action.phone ?? own?.phone ?? '+15550100199';
  const [first, ...rest] = name.split(' ');
  const card = {
    name: { formatted_name: name, first_name: first, ...(rest.length > 0 && { last_name: rest.join(' ') }) },
    phones: [{ phone, wa_id: phone.replace(/\D/g, ''), type: 'MOBILE' }],
  };
  const origin = action.asked ? 'contact_request' : 'other';
  return { type: 'contacts', content: [card], text: name, beside: { origin } };
};

const order = (action: Of<'order'>): PlayedContent => ({
  type: 'order',
  content: {
    catalog_id: '194836987003835',
    text: action.text ?? '',
    product_items: [
      { product_retailer_id: 'SKU-1', quantity: 2, item_price: 30, currency: 'USD' },
      { product_retailer_id: 'SKU-2', quantity: 1, item_price: 25.5, currency: 'USD' },
    ],
  },
  text: action.text ?? '',
});

const unsupported = (action: Of<'unsupported'>): PlayedContent => ({
  type: 'unsupported',
  content: { type: action.subtype ?? 'poll_creation' },
  text: '',
  beside: { errors: [webhookError(action.code ?? 131051, 'Message type is currently not supported.')] },
});

const referralOf = ({ sourceType, headline, body }: NonNullable<Of<'text'>['referral']>): Fields => ({
  source_url: 'https://fb.me/3cr4Wqqkv',
  source_id: '120226305854810726',
  source_type: sourceType ?? 'ad',
  headline: headline ?? 'Chat with us',
  body: body ?? 'Summer succulents are here!',
  media_type: 'image',
  image_url: 'https://scontent.xx.fbcdn.net/v/t45.1/succulents.jpg',
  ctwa_clid: 'ARAkLkA8rmlFeiCktEJQ',
  welcome_message: { text: 'Hi there! Let us know how we can help!' },
});

/** Forwarded, from an ad, about a product, in a group: keys beside the content. */
const mannerOf = (action: Written): Fields => {
  const { forwarded, referral, product, groupId } = action as Of<'text'>;
  const context = {
    ...(forwarded === true && { forwarded: true }),
    ...(forwarded === 'frequently' && { frequently_forwarded: true }),
    ...(product && {
      referred_product: { catalog_id: product.catalogId, product_retailer_id: product.productRetailerId },
    }),
  };
  return {
    ...(Object.keys(context).length > 0 && { context }),
    ...(referral && { referral: referralOf(referral) }),
    ...(groupId && { group_id: groupId }),
  };
};

const plainContent = (scenery: Scenery, action: Written): PlayedContent => {
  const { world, number } = scenery;
  switch (action.type) {
    case 'text':
      return { type: 'text', content: { body: action.text }, text: action.text };
    case 'image':
      return media.image(world, number, action);
    case 'video':
      return media.video(world, number, action);
    case 'audio':
      return media.audio(world, number, action);
    case 'document':
      return media.document(world, number, action);
    case 'sticker':
      return media.sticker(world, number, action);
    case 'broken_media':
      return media.broken(action);
    case 'location':
      return location(action);
    case 'contacts':
      return contacts(scenery, action);
    case 'button':
      return taps.templateButton(world, action);
    case 'button_reply':
      return taps.buttonReply(world, action);
    case 'list_reply':
      return taps.listReply(world, action);
    case 'flow_reply':
      return taps.flowReply(action);
    case 'address_reply':
      return taps.addressReply(scenery.customer, action);
    case 'call_permission':
      return taps.callPermission(world, action);
    case 'order':
      return order(action);
    case 'unsupported':
      return unsupported(action);
    case 'unknown':
      return { type: action.name ?? 'hologram', content: action.content ?? { depth: 3 }, text: '' };
    case 'request_welcome':
      return { type: 'request_welcome', content: undefined, text: '' };
  }
};

/** Builds what a customer sends; media are stored on the way. */
export const buildContent = (scenery: Scenery, action: Written): PlayedContent => {
  const played = plainContent(scenery, action);
  return {
    ...played,
    replyTo: played.replyTo ?? (action as Of<'text'>).replyTo,
    beside: { ...mannerOf(action), ...played.beside },
  };
};
