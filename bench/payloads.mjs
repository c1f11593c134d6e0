/**
 * Deliveries as Meta writes them: one entry per event or many messages in one change, unique wamids, a fixed crowd of
 * customers. Deterministic: the same options give the same bytes, so that runs can be compared.
 */

const ESCAPES = /[\u007f-\uffff/]/g;

/** Meta escapes non-ASCII as \uXXXX and slashes as \/; the signature is over exactly these bytes. */
export function metaJson(value) {
  const text = JSON.stringify(value).replace(ESCAPES, (char) =>
    char === '/' ? '\\/' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(text, 'latin1');
}

const DEFAULTS = {
  /** `messages`, `statuses`, or `mixed`: `statusShare` of the events are statuses. */
  kind: 'messages',
  /** `entries`: one entry per event; `change`: all events in the arrays of one change. */
  shape: 'change',
  events: 1,
  deliveries: 1000,
  customers: 1000,
  statusShare: 10 / 11,
  wabaId: '555001000000001',
  phoneNumberId: '555002000000002',
  displayPhoneNumber: '15550100100',
  /** Part of every wamid: give each run its own, or redeliveries are measured. */
  run: 'r1',
  /** Unix seconds of the first event. */
  from: 1_790_000_000,
  /** wamids of messages that were really sent; without them every status is about an unknown one. */
  sentWamids: [],
};

/** `[{ body: Buffer, events: number }]`, ready to be signed. */
export function deliveries(options = {}) {
  const plan = { ...DEFAULTS, ...options };
  let serial = 0;
  return Array.from({ length: plan.deliveries }, () => {
    const events = Array.from({ length: plan.events }, () => event(plan, serial++));
    const changes = plan.shape === 'entries' ? events.map((one) => [one]) : [events];
    const entry = changes.map((group) => ({ id: plan.wabaId, changes: [change(plan, group)] }));
    return { body: metaJson({ object: 'whatsapp_business_account', entry }), events: plan.events };
  });
}

function event(plan, serial) {
  const customer = serial % plan.customers;
  const isStatus =
    plan.kind === 'statuses' ||
    (plan.kind === 'mixed' &&
      Math.floor((serial + 1) * plan.statusShare) > Math.floor(serial * plan.statusShare));
  return isStatus ? status(plan, serial, customer) : message(plan, serial, customer);
}

function phone(customer) {
  return String(15_552_000_000 + customer);
}

function wamid(plan, serial) {
  return `wamid.${Buffer.from(`${plan.run}:${String(serial).padStart(12, '0')}:bench`).toString('base64')}`;
}

function message(plan, serial, customer) {
  return {
    contact: contact(customer),
    message: {
      from: phone(customer),
      id: wamid(plan, serial),
      timestamp: String(plan.from + Math.floor(serial / 100)),
      type: 'text',
      text: { body: `Hello, this is message ${serial} of customer ${customer} – is it in stock? 👋` },
    },
  };
}

const STATES = ['sent', 'delivered', 'read'];

/** Ten messages are sent, then the ten are delivered, then read: as a campaign looks, never twice in one delivery. */
const AT_ONCE = 10;

/** Which of the sent messages a status is about, and in which state it is. */
function statusTurn(serial) {
  const round = AT_ONCE * STATES.length;
  const within = serial % round;
  return {
    message: Math.floor(serial / round) * AT_ONCE + (within % AT_ONCE),
    state: Math.floor(within / AT_ONCE),
  };
}

function status(plan, serial, customer) {
  const { sentWamids } = plan;
  const known = sentWamids.length > 0;
  const turn = statusTurn(serial);
  return {
    contact: contact(customer),
    status: {
      id: known ? sentWamids[turn.message % sentWamids.length] : wamid(plan, `s${serial}`),
      status: STATES[turn.state],
      timestamp: String(plan.from + Math.floor(serial / 100)),
      recipient_id: phone(customer),
      recipient_user_id: userId(customer),
      pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' },
    },
  };
}

function userId(customer) {
  return `US.bench${String(customer).padStart(8, '0')}`;
}

function contact(customer) {
  return { profile: { name: `Customer ${customer}` }, wa_id: phone(customer), user_id: userId(customer) };
}

function change(plan, group) {
  const contacts = new Map(group.map(({ contact: one }) => [one.wa_id, one]));
  const messages = group.flatMap((one) => (one.message ? [one.message] : []));
  const statuses = group.flatMap((one) => (one.status ? [one.status] : []));
  return {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: plan.displayPhoneNumber, phone_number_id: plan.phoneNumberId },
      contacts: [...contacts.values()],
      ...(messages.length > 0 ? { messages } : {}),
      ...(statuses.length > 0 ? { statuses } : {}),
    },
  };
}
