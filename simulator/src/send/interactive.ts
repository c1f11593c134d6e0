import { whatsAppError } from '../errors';
import { assertLength, assertUnique, assertValue, isFields, listOf, textOf, type Fields } from './fields';
import {
  checkCarousel,
  checkFlow,
  checkFrame,
  checkProduct,
  checkProducts,
  checkUrl,
} from './interactive-parts';

const checkButtons = (action: Fields): void => {
  const buttons = listOf(action.buttons);
  assertValue(
    buttons.length >= 1 && buttons.length <= 3,
    'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3',
  );
  const replies = buttons.map((button) => (isFields(button.reply) ? button.reply : {}));
  replies.forEach((reply) => {
    assertLength(reply.title, 'Button title', 20);
    assertLength(reply.id, 'Button id', 256);
  });
  assertUnique(
    replies.map((reply) => textOf(reply.id)),
    'button id',
  );
  assertUnique(
    replies.map((reply) => textOf(reply.title)),
    'button title',
  );
};

const checkList = (action: Fields): void => {
  assertLength(action.button, 'Button label', 20);
  const sections = listOf(action.sections);
  const rows = sections.flatMap((section) => listOf(section.rows));
  assertValue(sections.length >= 1 && sections.length <= 10, 'Invalid sections count. Min: 1, Max: 10');
  assertValue(rows.length >= 1 && rows.length <= 10, 'Total row count exceed max allowed count: 10');
  sections.forEach((section) =>
    assertLength(section.title, 'Section title', 24, sections.length > 1 ? 1 : 0),
  );
  rows.forEach((row) => {
    assertLength(row.id, 'Row id', 200);
    assertLength(row.title, 'Row title', 24);
    assertLength(row.description, 'Row description', 72, 0);
  });
  assertUnique(
    rows.map((row) => textOf(row.id)),
    'row id',
  );
};

const NO_RULES = (): void => undefined;

/** Per kind: whether a body is mandatory, how long it may be, and the rules of its action. */
const KINDS: Record<
  string,
  { bodyMax: number; bodyOptional?: boolean; check: (interactive: Fields, action: Fields) => void }
> = {
  button: { bodyMax: 1024, check: (_, action) => checkButtons(action) },
  list: { bodyMax: 4096, check: (_, action) => checkList(action) },
  cta_url: { bodyMax: 1024, check: (_, action) => checkUrl(action) },
  location_request_message: { bodyMax: 1024, check: NO_RULES },
  request_contact_info: { bodyMax: 1024, check: NO_RULES },
  address_message: { bodyMax: 1024, check: NO_RULES },
  flow: { bodyMax: 1024, check: (_, action) => checkFlow(action) },
  catalog_message: { bodyMax: 1024, check: NO_RULES },
  product: { bodyMax: 1024, bodyOptional: true, check: (_, action) => checkProduct(action) },
  product_list: { bodyMax: 1024, check: checkProducts },
  carousel: { bodyMax: 1024, check: (_, action) => checkCarousel(action) },
  call_permission_request: { bodyMax: 1024, bodyOptional: true, check: NO_RULES },
  voice_call: { bodyMax: 1024, check: NO_RULES },
};

/** @throws GraphError in Meta's shape when the interactive object breaks a documented limit. */
export const checkInteractive = (interactive: Fields): void => {
  const kind = KINDS[textOf(interactive.type)];
  assertValue(kind !== undefined, `Invalid interactive type '${textOf(interactive.type)}'`);
  const body = isFields(interactive.body) ? interactive.body.text : undefined;
  if (!kind.bodyOptional) assertLength(body, 'Body text', kind.bodyMax);
  else assertLength(body, 'Body text', kind.bodyMax, 0);
  checkFrame(textOf(interactive.type), interactive);
  if (!isFields(interactive.action))
    throw whatsAppError(131008, 'Parameter of type action is missing in interactive');
  kind.check(interactive, interactive.action);
};
