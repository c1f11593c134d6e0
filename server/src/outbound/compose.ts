import type { MessageElement } from '../cloud-api/element';
import { readBody } from '../cloud-api/normalise/body';
import type { MessageType } from '../cloud-api/events';
import type { OutgoingContent } from './contract';

/** What the thread shows of a message of ours. */
export interface Composed {
  type: MessageType;
  text: string;
  content: Record<string, unknown>;
  template: { name: string; language: string; parameters: unknown } | null;
}

type Outgoing = Extract<OutgoingContent, { kind: 'message' }>;

const captionOf = (element: MessageElement): string => {
  const file = (element as unknown as Record<string, { caption?: string }>)[element.type];
  return file.caption ?? '';
};

/** The bubble of an outgoing message: the same shapes as those of received ones, as far as both exist. */
export const compose = ({ element, file, parameters, rendered }: Outgoing): Composed => {
  switch (element.type) {
    case 'text': {
      const content = { previewUrl: element.text.preview_url };
      return { type: 'text', text: element.text.body, content, template: null };
    }
    case 'location':
    case 'contacts': {
      const { type, text, content } = readBody(element);
      return { type, text, content, template: null };
    }
    case 'interactive': {
      const { interactive } = element;
      const content = { kind: interactive.type, interactive };
      return { type: 'interactive', text: interactive.body?.text ?? '', content, template: null };
    }
    case 'template': {
      const { name, language } = element.template;
      const template = { name, language: language.code, parameters: parameters ?? null };
      return {
        type: 'template',
        text: rendered?.text || name,
        content: rendered ? { rendered } : {},
        template,
      };
    }
    default: {
      const caption = captionOf(element);
      const content = caption === '' ? {} : { caption };
      return { type: file?.as ?? element.type, text: caption, content, template: null };
    }
  }
};
