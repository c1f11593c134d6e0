import { refuseByAccount } from './account-faults';
import { authenticate, requireAccount, requireNumber } from './auth';
import type { Answer, Call } from './call';
import { GraphError, unknownField, unknownPath, unsupportedRequest } from './errors';
import { MEDIA_PATH } from './media';
import { blockUsers } from './routes/block-users';
import { debugToken } from './routes/debug-token';
import { downloadMedia, oneMedia, uploadMedia } from './routes/media';
import { messages, refuseOther } from './routes/messages';
import { account, businessProfile, phoneNumber, phoneNumbers } from './routes/numbers';
import { subscribedApps } from './routes/subscriptions';
import { messageTemplates, oneTemplate } from './routes/templates';
import { goOnWithUpload, openUpload } from './routes/uploads';
import type { Statuses } from './send/statuses';
import { templateAnalytics, templateLibrary } from './routes/template-facts';
import { findTemplate, type Templates } from './templates';
import type { NumberRecord, World } from './world';

export interface Parts {
  world: World;
  statuses: Statuses;
  templates: Templates;
}

type Reply = Answer | Promise<Answer>;

/** Graph does not say "no such edge": reading names the field, writing says unsupported. */
const unknownEdge = (call: Call, nodeType: string): GraphError =>
  call.method === 'GET'
    ? unknownField(call.segments[1], nodeType)
    : unsupportedRequest(call.method, call.segments.join('/'));

const ofNumber = ({ world, statuses }: Parts, mine: NumberRecord[], call: Call): Reply => {
  const [id, edge] = call.segments;
  const managed = edge === 'whatsapp_business_profile' || edge === undefined;
  const number = requireNumber(
    call,
    mine,
    id,
    managed ? 'whatsapp_business_management' : 'whatsapp_business_messaging',
  );
  if (edge === 'messages') return messages(world, statuses, number, call);
  const refused = refuseOther(world, id);
  if (refused) return refused;
  switch (edge) {
    case undefined:
      return phoneNumber(world, number, call);
    case 'media':
      return uploadMedia(world, number, call);
    case 'block_users':
      return blockUsers(world, number, call);
    case 'whatsapp_business_profile':
      return businessProfile(number, call);
    default:
      throw unknownEdge(call, 'WhatsAppBusinessPhoneNumber');
  }
};

/** What was done with a template stays done, whether or not its answer arrives. */
const answered = (world: World, { phoneNumberId }: NumberRecord, call: Call, answer: Answer): Answer =>
  call.method === 'POST' && world.faults.take('template-lost-answer', { phoneNumberId, call: 'other' })
    ? { status: 0, instead: 'destroy' }
    : answer;

const ofAccount = ({ world, templates }: Parts, mine: NumberRecord[], call: Call): Reply => {
  const found = requireAccount(world, call, mine, call.segments[0]);
  const refused = refuseOther(world, found.number.phoneNumberId);
  if (refused) return refused;
  switch (call.segments[1]) {
    case undefined:
      return account(call, found.account);
    case 'phone_numbers':
      return phoneNumbers(world, found.account, call);
    case 'subscribed_apps':
      return subscribedApps(world, found.account, found.number, call);
    case 'message_templates':
      return answered(world, found.number, call, messageTemplates(world, templates, found.account, call));
    case 'template_analytics':
      return templateAnalytics(world, found.account, found.number, call);
    default:
      throw unknownEdge(call, 'WhatsAppBusinessAccount');
  }
};

/** Finds who answers a call. @throws GraphError in every case that Graph refuses */
export const route = (parts: Parts, call: Call): Reply => {
  const { world } = parts;
  const [node] = call.segments;
  if (`/${call.segments.join('/')}/` === MEDIA_PATH) return downloadMedia(world, call);
  if (node === 'debug_token') return debugToken(world, call);
  if (node === 'message_template_library') {
    authenticate(world, call);
    return templateLibrary(call);
  }
  if (node?.startsWith('upload:')) {
    authenticate(world, call);
    return goOnWithUpload(world, call);
  }
  if (node === undefined || !/^\d+$/.test(node)) throw unknownPath(`/${call.segments.join('/')}`);
  const mine = authenticate(world, call);
  refuseByAccount(world, call);
  if (world.numbers.has(node)) return ofNumber(parts, mine, call);
  if (world.accounts.has(node)) return ofAccount(parts, mine, call);
  const refused = refuseOther(world, mine[0].phoneNumberId);
  if (refused) return refused;
  if (call.segments[1] === 'uploads' && mine.some((number) => number.appId === node))
    return openUpload(world, call);
  if (findTemplate(world, node) && (call.segments.length === 1 || call.segments[1] === 'unpause'))
    return answered(world, mine[0], call, oneTemplate(world, parts.templates, mine, call));
  if (call.segments.length === 1) return oneMedia(world, mine, call);
  throw unsupportedRequest(call.method, node);
};
