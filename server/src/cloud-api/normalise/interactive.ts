import type { InteractiveContent } from '../content';
import { bool, compact, isObject, object, text, type JsonObject } from '../read';
import { storable } from '../storable';
import { instant } from './frame';

/** What the person chose or filled in. An unknown kind keeps its name; the raw element has the rest. */
export function interactiveContent(interactive: JsonObject): InteractiveContent {
  const kind = text(interactive.type) ?? inferredKind(interactive);
  const reply = object(interactive[kind === 'product' ? 'product' : knownKey(kind)]);
  switch (kind) {
    case 'button_reply':
    case 'list_reply':
      return { kind, ...choice(reply) };
    case 'nfm_reply':
      return { kind, ...form(reply) };
    case 'call_permission_reply':
      return { kind, ...callPermission(reply) };
    case 'product':
      return { kind, ...product(reply ?? object(interactive.action) ?? interactive) };
    default:
      return { kind };
  }
}

const KINDS = ['button_reply', 'list_reply', 'nfm_reply', 'call_permission_reply'];

function inferredKind(interactive: JsonObject): string {
  return KINDS.find((kind) => isObject(interactive[kind])) ?? 'unknown';
}

function knownKey(kind: string): string {
  return KINDS.includes(kind) ? kind : '';
}

function choice(reply: JsonObject | null) {
  return compact({ id: text(reply?.id), title: text(reply?.title), description: text(reply?.description) });
}

/** `response_json` is text whose keys the flow's author chose; it may hold anything, also no JSON at all. */
function form(reply: JsonObject | null) {
  const response = formAnswers(reply?.response_json);
  return compact({
    name: text(reply?.name),
    body: text(reply?.body),
    response,
    responseText: response === null ? text(reply?.response_json) : null,
  });
}

function formAnswers(value: unknown): JsonObject | null {
  if (typeof value !== 'string') return object(value);
  try {
    return object(storable(JSON.parse(value) as unknown));
  } catch {
    return null;
  }
}

function callPermission(reply: JsonObject | null) {
  return compact({
    response: text(reply?.response),
    permanent: bool(reply?.is_permanent),
    expiresAt: instant(reply?.expiration_timestamp),
    source: text(reply?.response_source),
  });
}

function product(reply: JsonObject) {
  return compact({ catalogId: text(reply.catalog_id), productRetailerId: text(reply.product_retailer_id) });
}
