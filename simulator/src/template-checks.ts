import { GraphError } from './errors';
import { isFields, listOf, textOf, type Fields } from './send/fields';
import type { TemplateComponent } from './types';
import type { World } from './world';

/** A refusal of a template in Meta's form: code 100 with a subcode and words for people. */
export const refuseTemplate = (subcode: number, userTitle: string, userMessage: string): GraphError =>
  new GraphError({
    status: 400,
    code: 100,
    subcode,
    message: 'Invalid parameter',
    transient: false,
    userTitle,
    userMessage,
  });

const VARIABLE = /\{\{\s*\w+\s*\}\}/g;
const variables = (text: string): number => new Set(text.match(VARIABLE) ?? []).size;
const partOf = (components: TemplateComponent[], type: string): TemplateComponent | undefined =>
  components.find((component) => component.type.toUpperCase() === type);
const exampleOf = (component: TemplateComponent): Fields =>
  isFields(component.example) ? component.example : {};

const checkBody = (body: TemplateComponent): void => {
  const text = body.text ?? '';
  if (text.length > 1024)
    throw refuseTemplate(2388040, 'Message template is too long', 'The body can’t exceed 1024 characters.');
  if (/^\s*\{\{\s*\w+\s*\}\}|\{\{\s*\w+\s*\}\}\s*$/.test(text))
    throw refuseTemplate(
      2388299,
      'Leading or trailing parameters',
      'Variables can’t be at the start or end of the template.',
    );
  const count = variables(text);
  const words = text
    .replace(VARIABLE, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (count > 0 && words < 2 * count + 1)
    throw refuseTemplate(
      2388293,
      'Too many variables',
      'This template has too many variables for its length. Reduce the number of variables or increase the message length.',
    );
  const example = exampleOf(body);
  const given = Array.isArray(example.body_text)
    ? ((example.body_text as unknown[][])[0]?.length ?? 0)
    : listOf(example.body_text_named_params).length;
  if (count > given)
    throw refuseTemplate(2388072, 'Body format is wrong', 'Every variable of the body needs a sample value.');
};

const checkHeader = (world: World, header: TemplateComponent): void => {
  const format = (header.format ?? 'TEXT').toUpperCase();
  if (format === 'TEXT') {
    const text = header.text ?? '';
    if (text.length > 60)
      throw refuseTemplate(2388040, 'Message template is too long', 'The header can’t exceed 60 characters.');
    if (variables(text) > 1 || /[\n*_~`]/.test(text))
      throw refuseTemplate(
        2388047,
        'Header format is wrong',
        'The header can’t have new lines, formatting characters or more than one variable.',
      );
    return;
  }
  if (!['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'].includes(format)) return;
  const handles = exampleOf(header).header_handle;
  const handle = Array.isArray(handles) ? textOf(handles[0]) : '';
  if (!world.handles.has(handle))
    throw refuseTemplate(
      2388273,
      'Invalid media handle',
      'The sample of the header could not be found. Upload it again and use its new handle.',
    );
};

const checkFooter = ({ text = '' }: TemplateComponent): void => {
  if (text.length > 60 || variables(text) > 0 || text.includes('\n'))
    throw refuseTemplate(
      2388073,
      'Footer format is wrong',
      'The footer can’t have variables, new lines or more than 60 characters.',
    );
};

const checkButtons = (component: TemplateComponent): void => {
  const kinds = (component.buttons ?? []).map(
    (button) => textOf(button.type).toUpperCase() === 'QUICK_REPLY',
  );
  const groups = kinds.filter((isReply, index) => index === 0 || kinds[index - 1] !== isReply).length;
  const long = (component.buttons ?? []).some((button) => textOf(button.text).length > 25);
  if (groups > 2 || kinds.length > 10 || long)
    throw refuseTemplate(
      2388039,
      'Buttons are not valid',
      'Quick replies and other buttons can’t be mixed, there are at most 10, and a label has up to 25 characters.',
    );
};

/** What Meta refuses at once, before any review. */
export const checkComponents = (world: World, components: TemplateComponent[], category: string): void => {
  const [header, body, footer, buttons] = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].map((type) =>
    partOf(components, type),
  );
  if (body && category !== 'AUTHENTICATION') checkBody(body);
  if (header) checkHeader(world, header);
  if (footer) checkFooter(footer);
  if (buttons) checkButtons(buttons);
};
