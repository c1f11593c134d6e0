import { assertLength, assertUnique, assertValue, isFields, listOf, textOf, type Fields } from './fields';

const NO_BREAKS_ABOVE = 2;

const partOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Which headers and footers a kind takes; what is not named here takes a text or a file. */
const HEADERS: Record<string, readonly string[]> = {
  list: ['text'],
  product_list: ['text'],
  product: [],
  catalog_message: [],
  carousel: [],
  location_request_message: [],
  request_contact_info: [],
  call_permission_request: [],
  voice_call: [],
};
const ANY_HEADER = ['text', 'image', 'video', 'document'];
const WITHOUT_FOOTER = [
  'carousel',
  'location_request_message',
  'request_contact_info',
  'call_permission_request',
];

const checkFile = (holder: Fields, kind: string): void => {
  const file = partOf(holder[kind]);
  assertValue(Boolean(file.id) || Boolean(file.link), `Header ${kind} must have an id or a link`);
};

export const checkFrame = (kind: string, interactive: Fields): void => {
  const { header, footer } = interactive;
  if (footer !== undefined) {
    assertValue(!WITHOUT_FOOTER.includes(kind), `Footer is not supported for interactive type ${kind}`);
    assertLength(partOf(footer).text, 'Footer text', 60);
  }
  if (header === undefined) return;
  const type = textOf(partOf(header).type);
  const known = (HEADERS[kind] ?? ANY_HEADER).includes(type);
  assertValue(known, `Header of type '${type}' is not supported for interactive type ${kind}`);
  if (type === 'text') assertLength(partOf(header).text, 'Header text', 60);
  else checkFile(partOf(header), type);
};

export const checkUrl = (action: Fields): void => {
  assertValue(action.name === 'cta_url', "Action name must be 'cta_url'");
  const parameters = partOf(action.parameters);
  assertLength(parameters.display_text, 'Display text', 20);
  assertValue(/^https?:\/\/\S+$/.test(textOf(parameters.url)), 'Button url is not valid');
};

export const checkProducts = (interactive: Fields, action: Fields): void => {
  assertValue(
    partOf(interactive.header).type === 'text',
    'Header of type text is mandatory for product_list',
  );
  assertLength(action.catalog_id, 'Catalog id', 100);
  const sections = listOf(action.sections);
  const items = sections.flatMap((section) => listOf(section.product_items));
  assertValue(sections.length >= 1 && sections.length <= 10, 'Invalid sections count. Min: 1, Max: 10');
  assertValue(items.length >= 1 && items.length <= 30, 'Invalid product count. Min: 1, Max: 30');
  sections.forEach(({ title }) => assertLength(title, 'Section title', 24, sections.length > 1 ? 1 : 0));
};

export const checkProduct = (action: Fields): void => {
  assertLength(action.catalog_id, 'Catalog id', 100);
  assertLength(action.product_retailer_id, 'Product retailer id', 100);
};

export const checkFlow = (action: Fields): void => {
  const parameters = partOf(action.parameters);
  const { flow_id: id, flow_name: name, flow_action_payload: payload } = parameters;
  assertValue(
    (id === undefined) !== (name === undefined),
    'Exactly one of flow_id and flow_name is required',
  );
  assertLength(parameters.flow_cta, 'Flow cta', 30);
  const data = partOf(payload).data;
  assertValue(!isFields(data) || Object.keys(data).length > 0, 'flow_action_payload data must not be empty');
};

const checkReplies = (buttons: Fields[]): void => {
  const replies = buttons.map((button) => {
    assertValue(button.type === 'quick_reply', "Card buttons must be of type 'quick_reply'");
    return partOf(button.quick_reply);
  });
  replies.forEach((reply) => {
    assertLength(reply.id, 'Button id', 20);
    assertLength(reply.title, 'Button title', 20);
  });
};

/** One card; answers what has to be the same on all of them. */
const checkCard = (card: Fields): string => {
  const action = partOf(card.action);
  if (card.type === 'product') {
    checkProduct(action);
    return `product of ${textOf(action.catalog_id)}`;
  }
  const header = textOf(partOf(card.header).type);
  assertValue(['image', 'video'].includes(header), 'A card header of type image or video is mandatory');
  checkFile(partOf(card.header), header);
  const text = textOf(partOf(card.body).text);
  assertLength(text, 'Card body text', 160, 0);
  assertValue(text.split('\n').length <= NO_BREAKS_ABOVE + 1, 'Card body has more than 2 line breaks');
  const buttons = listOf(action.buttons);
  if (buttons.length > 0) checkReplies(buttons);
  else checkUrl(action);
  return `${header}, ${buttons.length}`;
};

export const checkCarousel = (action: Fields): void => {
  const cards = listOf(action.cards);
  assertValue(cards.length >= 2 && cards.length <= 10, 'Invalid cards count. Min: 2, Max: 10');
  const shapes = cards.map(checkCard);
  assertValue(new Set(shapes).size === 1, 'All cards must have the same components');
  const ids = cards.flatMap((card) => listOf(partOf(card.action).buttons));
  assertUnique(
    ids.map((button) => textOf(partOf(button.quick_reply).id)),
    'button id',
  );
};
