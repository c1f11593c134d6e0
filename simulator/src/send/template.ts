import { parameterError, required, whatsAppError } from '../errors';
import type { SimulatedTemplate, TemplateComponent } from '../types';
import type { AccountRecord } from '../world';
import { isFields, listOf, textOf, type Fields } from './fields';

const VARIABLE = /\{\{\s*([\w]+)\s*\}\}/g;
const MEDIA_FORMATS = ['IMAGE', 'VIDEO', 'DOCUMENT'];

const variablesOf = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(VARIABLE)].map((match) => match[1]);

/** The sendable template that a send names. @throws 132001, 132015 or 132016 as Meta does. */
export const findSendable = (account: AccountRecord, template: Fields): SimulatedTemplate => {
  const name = textOf(template.name);
  const code = isFields(template.language) ? textOf(template.language.code) : '';
  if (!name) throw required("template['name']");
  if (!code) throw required("template['language']['code']");
  const found = account.templates.find((candidate) => candidate.name === name && candidate.language === code);
  if (found?.status === 'PAUSED') throw whatsAppError(132015, `template (${name}) is paused`);
  if (found?.status === 'DISABLED') throw whatsAppError(132016, `template (${name}) is disabled`);
  if (found?.status !== 'APPROVED') {
    throw whatsAppError(132001, `template name (${name}) does not exist in ${code}`, 404);
  }
  return found;
};

const componentOf = (sent: Fields[], type: string): Fields[] =>
  sent.filter((component) => textOf(component.type).toLowerCase() === type);

const checkValue = (text: string, where: string): void => {
  if (!text) throw required(`${where}['text']`);
  if (/[\n\t]| {5,}/.test(text)) {
    throw whatsAppError(
      132018,
      'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    );
  }
};

const valueOf = (parameter: Fields): string => {
  if (parameter.type === 'currency' || parameter.type === 'date_time') {
    const typed = parameter[parameter.type];
    return isFields(typed) ? textOf(typed.fallback_value) : '';
  }
  return textOf(parameter.text);
};

/** Values by variable name or position. @throws 132000 on a wrong count, 132012 on wrong names, 132018 on bad values. */
const bindText = (
  template: SimulatedTemplate,
  part: string,
  text: string | undefined,
  sent: Fields[],
): Map<string, string> => {
  const variables = variablesOf(text);
  const parameters = componentOf(sent, part).flatMap((component) => listOf(component.parameters));
  const expected = new Set(variables).size;
  if (parameters.length !== expected) {
    throw whatsAppError(
      132000,
      `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${expected})`,
    );
  }
  const values = new Map<string, string>();
  parameters.forEach((parameter, index) => {
    const named = template.parameterFormat === 'NAMED';
    const name = named ? textOf(parameter.parameter_name) : String(index + 1);
    if (!variables.includes(name))
      throw whatsAppError(132012, `${part}: parameter_name '${name}' is not in the template`);
    checkValue(valueOf(parameter), `${part} parameter`);
    values.set(name, valueOf(parameter));
  });
  return values;
};

const checkMediaHeader = (format: string, sent: Fields[]): void => {
  const kind = format.toLowerCase();
  const parameter = componentOf(sent, 'header').flatMap((component) => listOf(component.parameters))[0];
  const received = parameter ? textOf(parameter.type).toUpperCase() : 'UNKNOWN';
  if (received !== format)
    throw whatsAppError(132012, `header: Format mismatch, expected ${format}, received ${received}`);
  const media = parameter[kind];
  if (!isFields(media) || (!media.id && !media.link && format !== 'LOCATION')) {
    throw parameterError(`Param template['components'] header ${kind} must have an id or a link.`);
  }
};

const checkButtons = (component: TemplateComponent | undefined, sent: Fields[]): void => {
  (component?.buttons ?? []).forEach((button, index) => {
    if (button.type !== 'URL' || variablesOf(textOf(button.url)).length === 0) return;
    const given = componentOf(sent, 'button').find((candidate) => String(candidate.index) === String(index));
    const value = given ? textOf(listOf(given.parameters)[0]?.text) : '';
    if (!value)
      throw whatsAppError(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
  });
  const last = (component?.buttons ?? []).length;
  const stray = componentOf(sent, 'button').find((candidate) => !(Number(candidate.index) < last));
  if (stray) throw whatsAppError(132000, `buttons: there is no button at index ${String(stray.index)}`);
};

/** Checks a send's parameters against the template and gives back the text a person reads. */
export const renderTemplate = (template: SimulatedTemplate, message: Fields): string => {
  const sent = listOf(message.components);
  const part = (type: string): TemplateComponent | undefined =>
    template.components.find((component) => component.type.toUpperCase() === type);
  const header = part('HEADER');
  const body = part('BODY');
  const fill = (text: string | undefined, values: Map<string, string>): string =>
    (text ?? '').replace(VARIABLE, (whole, name: string) => values.get(name) ?? whole);

  const format = header?.format?.toUpperCase() ?? 'TEXT';
  let headerText = '';
  if (header && (MEDIA_FORMATS.includes(format) || format === 'LOCATION')) checkMediaHeader(format, sent);
  else headerText = fill(header?.text, bindText(template, 'header', header?.text, sent));
  const bodyText = fill(body?.text, bindText(template, 'body', body?.text, sent));
  if (bodyText.length > 1024) throw whatsAppError(132005, 'body: translated text too long');
  checkButtons(part('BUTTONS'), sent);
  return [headerText, bodyText, part('FOOTER')?.text].filter(Boolean).join('\n');
};
