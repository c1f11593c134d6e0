import type { Message } from '../../../../server/src/messages/contract';
import type { RenderedButton, RenderedTemplate } from '../../../../server/src/templates/render';
import { listOf, recordOf, textOf } from './content';

export interface TemplateView {
  /** '' when the message does not tell. */
  name: string;
  language: string | null;
  rendered: RenderedTemplate;
}

const isRendered = (value: unknown): value is RenderedTemplate => {
  const { body, buttons, cards } = recordOf(value);
  return typeof body === 'string' && Array.isArray(buttons) && Array.isArray(cards);
};

const buttonOf = (button: Record<string, unknown>): RenderedButton => ({
  type: (textOf(button, 'type') || 'quick_reply').toLowerCase(),
  text: textOf(button, 'text', 'title'),
  target: textOf(button, 'url', 'phone_number') || null,
});

/** What is known of a message whose template was not: its text, and whatever parts came with it. */
const fromParts = ({ content, text }: Message): RenderedTemplate => {
  const header = textOf(content, 'header') || textOf(recordOf(content.header), 'text');
  return {
    header: header ? { type: 'text', text: header } : null,
    body: text,
    footer: textOf(content, 'footer') || textOf(recordOf(content.footer), 'text') || null,
    buttons: listOf(content.buttons)
      .map(buttonOf)
      .filter((button) => button.text !== ''),
    cards: [],
    offer: null,
    text,
  };
};

/** A template message for showing: as it was filled in when it went, else from what older and foreign ones carry. */
export const readTemplate = (message: Message): TemplateView => {
  const { content, template } = message;
  const { rendered } = content;
  return {
    name: template?.name ?? textOf(content, 'name'),
    language: template?.language ?? null,
    rendered: isRendered(rendered) ? rendered : fromParts(message),
  };
};

/** What a message's file is shown as: a template carries it in its header. */
export const mediaTypeOf = (message: Message): Message['type'] => {
  if (message.type !== 'template') return message.type;
  const { header } = readTemplate(message).rendered;
  return header?.type === 'image' || header?.type === 'video' ? header.type : 'document';
};
