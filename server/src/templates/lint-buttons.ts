import type { Report, TemplateDraft } from './draft';
import { BUTTON_TYPES, TEMPLATE_LIMITS as LIMITS } from './limits';
import { buttonsOf, componentOf, typeOf, type TemplateButton } from './model';
import { placesOf } from './variables';

/** Meta writes these labels itself. */
const FIXED_LABEL = new Set(['COPY_CODE', 'OTP', 'CATALOG', 'MPM', 'SPM']);
const WHATSAPP_LINK = /^https?:\/\/(www\.)?(wa\.me|api\.whatsapp\.com|whatsapp\.com)(\/|$)/i;

const exampleOf = ({ example }: TemplateButton): string =>
  (Array.isArray(example) ? example[0] : example) ?? '';

const isAddress = (url: string): boolean => {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
};

const lintUrl = (button: TemplateButton, path: string, report: Report): void => {
  const url = button.url ?? '';
  const places = placesOf(url);
  const bare = places.reduceRight((left, { from, to }) => left.slice(0, from) + left.slice(to), url);
  if (!isAddress(bare)) report('url_form', path, 'Is no web address');
  if (url.length > LIMITS.url) report('url_long', path, `At most ${LIMITS.url} characters`);
  if (WHATSAPP_LINK.test(url)) report('url_whatsapp', path, 'Links into WhatsApp are not allowed');
  if (places.length > 1 || (places.length === 1 && places[0].to !== url.length)) {
    report('url_variable', path, 'Takes one variable, at its end');
  }
  if (places.some(({ name }) => name !== '1')) {
    report('url_variable_name', path, 'Its variable is always {{1}}, in named templates too');
  }
  if (places.length > 0 && exampleOf(button).trim() === '') {
    report('example_missing', path, 'The variable needs an example');
  }
};

const lintOne = (button: TemplateButton, path: string, report: Report): void => {
  const type = typeOf(button);
  if (!(BUTTON_TYPES as readonly string[]).includes(type)) {
    report('button_unknown', path, `Meta knows no ${type}`);
    return;
  }
  const label = button.text ?? '';
  if (!FIXED_LABEL.has(type)) {
    if (label.trim() === '') report('button_label', `${path}.text`, 'Needs a label');
    if (/\{\{/.test(label)) report('button_label_variable', `${path}.text`, 'A label takes no variable');
    if (/[\n\r]/.test(label)) report('button_label_lines', `${path}.text`, 'Is one line');
  }
  if (label.length > LIMITS.buttonLabel) {
    report('button_label_long', `${path}.text`, `At most ${LIMITS.buttonLabel} characters`);
  }
  if (type === 'URL') lintUrl(button, `${path}.url`, report);
  if (type === 'PHONE_NUMBER' && !/^\+?[0-9]{5,20}$/.test(button.phone_number ?? '')) {
    report('button_phone', `${path}.phone_number`, 'Is no phone number of up to 20 digits');
  }
  if (type === 'COPY_CODE' && exampleOf(button).trim() === '') {
    report('example_missing', path, 'The code needs an example');
  }
  if (type === 'COPY_CODE' && exampleOf(button).length > LIMITS.couponCode) {
    report('coupon_long', path, `At most ${LIMITS.couponCode} characters`);
  }
  if (type === 'FLOW' && !button.flow_id && !button.flow_name && !button.flow_json) {
    report('button_flow', path, 'Needs a flow');
  }
};

const lintCounts = (buttons: TemplateButton[], path: string, report: Report): void => {
  const counts = new Map<string, number>();
  for (const button of buttons) counts.set(typeOf(button), (counts.get(typeOf(button)) ?? 0) + 1);
  for (const [type, count] of counts) {
    const most = LIMITS.buttonsOfKind[type] ?? 1;
    if (count > most) report('button_kind_count', path, `Takes at most ${most} of ${type}`);
  }
  const labels = buttons.filter((button) => !FIXED_LABEL.has(typeOf(button))).map(({ text }) => text ?? '');
  if (new Set(labels).size < labels.length) report('button_label_twice', path, 'Two buttons have one label');
};

/** Quick replies stand together, before or after the other kinds. */
const lintGrouping = (buttons: TemplateButton[], path: string, report: Report): void => {
  const groups = buttons
    .map((button) => typeOf(button) === 'QUICK_REPLY')
    .filter((isReply, index, all) => index === 0 || all[index - 1] !== isReply);
  if (groups.length > 2)
    report('button_grouping', path, 'Quick replies stand together, before or after the rest');
};

export const lintButtons = (
  draft: TemplateDraft,
  report: Report,
  { at, max }: { at: string; max: number },
): void => {
  const component = componentOf(draft.components, 'BUTTONS');
  if (!component) return;
  const path = `${at}buttons`;
  const buttons = buttonsOf(draft.components);
  if (buttons.length === 0) report('buttons_empty', path, 'Has no button');
  if (buttons.length > max) report('buttons_count', path, `At most ${max} buttons`);
  if (draft.category !== 'AUTHENTICATION' && buttons.some((button) => typeOf(button) === 'OTP')) {
    report('otp_category', path, 'A code button is for authentication templates only');
  }
  buttons.forEach((button, index) => lintOne(button, `${path}[${index}]`, report));
  lintCounts(buttons, path, report);
  lintGrouping(buttons, path, report);
};
