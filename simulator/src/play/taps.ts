import { isFields, listOf, textOf, type Fields } from '../send/fields';
import { findMessage } from '../threads';
import type { PhoneMessage } from '../types';
import type { CustomerRecord, ThreadMessage, World } from '../world';
import type { Of, PlayedContent } from './played';

type Choice = PhoneMessage['choices'][number];

/** The interactive object, or the sent template, of the business message that is tapped. */
const tappedOf = (world: World, wamid: string): Fields => {
  const found = findMessage(world, wamid);
  if (found?.message.direction !== 'in') throw new Error('Only a message of the business can be tapped');
  return isFields(found.message.content) ? found.message.content : {};
};

const actionOf = (content: Fields): Fields => (isFields(content.action) ? content.action : {});

const buttonsOf = (content: Fields): Choice[] =>
  listOf(actionOf(content).buttons)
    .map((button) => (isFields(button.reply) ? button.reply : {}))
    .map((reply) => ({ kind: 'button_reply', id: textOf(reply.id), title: textOf(reply.title) }));

const rowsOf = (content: Fields): Choice[] =>
  listOf(actionOf(content).sections)
    .flatMap((section) => listOf(section.rows))
    .map((row) => ({
      kind: 'list_reply',
      id: textOf(row.id),
      title: textOf(row.title),
      ...(textOf(row.description) && { description: textOf(row.description) }),
    }));

const templateButtons = (world: World, phoneNumberId: string, sent: Fields): Fields[] => {
  const number = world.numbers.get(phoneNumberId);
  const language = isFields(sent.language) ? sent.language.code : '';
  const template = world.accounts
    .get(number?.wabaId ?? '')
    ?.templates.find((candidate) => candidate.name === sent.name && candidate.language === language);
  return template?.components.find((component) => component.type.toUpperCase() === 'BUTTONS')?.buttons ?? [];
};

/** What the customer can tap in a message of the business. */
export const choicesOf = (world: World, phoneNumberId: string, message: ThreadMessage): Choice[] => {
  if (message.direction !== 'in' || !isFields(message.content)) return [];
  if (message.type === 'template') {
    return templateButtons(world, phoneNumberId, message.content)
      .filter((button) => button.type === 'QUICK_REPLY')
      .map((button) => ({ kind: 'button', id: textOf(button.text), title: textOf(button.text) }));
  }
  if (message.type !== 'interactive') return [];
  return [...buttonsOf(message.content), ...rowsOf(message.content)].filter(({ id }) => id !== '');
};

export const buttonReply = (world: World, action: Of<'button_reply'>): PlayedContent => {
  const replies = buttonsOf(tappedOf(world, action.messageId));
  const reply = replies.find((candidate) => !action.id || candidate.id === action.id);
  const id = action.id ?? reply?.id;
  const title = action.title ?? reply?.title ?? '';
  if (!id) throw new Error('That message has no reply buttons; give an id and a title');
  return {
    type: 'interactive',
    content: { type: 'button_reply', button_reply: { id, title } },
    text: title,
    replyTo: action.messageId,
  };
};

export const listReply = (world: World, action: Of<'list_reply'>): PlayedContent => {
  const rows = rowsOf(tappedOf(world, action.messageId));
  const row = rows.find((candidate) => !action.id || candidate.id === action.id);
  const id = action.id ?? row?.id;
  const title = action.title ?? row?.title ?? '';
  const description = action.description ?? row?.description;
  if (!id) throw new Error('That message has no list; give an id and a title');
  return {
    type: 'interactive',
    content: { type: 'list_reply', list_reply: { id, title, ...(description && { description }) } },
    text: title,
    replyTo: action.messageId,
  };
};

/** Tap on a template's quick reply: the payload is the one sent along, otherwise the label. */
export const templateButton = (world: World, action: Of<'button'>): PlayedContent => {
  const sent = tappedOf(world, action.messageId);
  const phoneNumberId = findMessage(world, action.messageId)?.thread.phoneNumberId ?? '';
  const buttons = templateButtons(world, phoneNumberId, sent);
  const index = buttons.findIndex(
    (button) => button.type === 'QUICK_REPLY' && (!action.text || button.text === action.text),
  );
  const text = action.text ?? textOf(buttons[index]?.text);
  if (!text) throw new Error('That message has no quick replies; give a text');
  const component = listOf(sent.components).find(
    (candidate) =>
      textOf(candidate.type).toLowerCase() === 'button' && String(candidate.index) === String(index),
  );
  const given = component && textOf(listOf(component.parameters)[0]?.payload);
  return {
    type: 'button',
    content: { payload: action.payload ?? (given || text), text },
    text,
    replyTo: action.messageId,
  };
};

/** `response_json` is text; a flow's author decides what is in it, also that it is no JSON. */
export const flowReply = (action: Of<'flow_reply'>): PlayedContent => {
  const response = action.response ?? { flow_token: 'unused', appointment: '2026-11-24', guests: '2' };
  return {
    type: 'interactive',
    content: {
      type: 'nfm_reply',
      nfm_reply: {
        name: 'flow',
        body: 'Sent',
        response_json: typeof response === 'string' ? response : JSON.stringify(response),
      },
    },
    text: 'Sent',
    replyTo: action.messageId,
  };
};

export const addressReply = (customer: CustomerRecord, action: Of<'address_reply'>): PlayedContent => {
  const values = action.values ?? {
    name: customer.name,
    phone_number: customer.phone ?? '+919000000000',
    in_pin_code: '400063',
    house_number: '12',
    address: 'Wing A, Cello Triumph, IB Patel Rd',
    city: 'Mumbai',
    state: 'Maharashtra',
  };
  const body = Object.values(values).join('\n');
  return {
    type: 'interactive',
    content: {
      type: 'nfm_reply',
      nfm_reply: { name: 'address_message', body, response_json: JSON.stringify({ values }) },
    },
    text: body,
    replyTo: action.messageId,
  };
};

const WEEK_SECONDS = 7 * 24 * 60 * 60;

export const callPermission = (world: World, action: Of<'call_permission'>): PlayedContent => {
  const response = action.response ?? 'accept';
  const permanent = action.permanent ?? false;
  const expires = Math.floor(world.scheduler.now() / 1000) + WEEK_SECONDS;
  return {
    type: 'interactive',
    content: {
      type: 'call_permission_reply',
      call_permission_reply: {
        response,
        is_permanent: permanent,
        ...(response === 'accept' && !permanent && { expiration_timestamp: expires }),
        response_source: 'user_action',
      },
    },
    text: response === 'accept' ? 'Calls allowed' : 'Calls not allowed',
    replyTo: action.messageId,
  };
};
