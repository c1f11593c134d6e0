/** A second tenant with a number, a person, a thread and people of its own: what the first must never see. */
import type { Conversation } from '../../../server/src/conversations/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { adminPerson, apiToken, type SignedIn } from '../../helpers/people';
import { until, type Stage, type TestNumber } from './stage';

export interface OtherTenant {
  organizationId: string;
  slug: string;
  headers: Record<string, string>;
  number: TestNumber;
  conversation: Conversation;
  messageId: string;
  contactId: string;
  templateId: string;
  phone: string;
  /** Somebody with every right who belongs to it alone. */
  member: SignedIn;
  /** An API token bound to it. */
  token: { id: string; headers: Record<string, string> };
  /** Words that stand in everything of this tenant, and nowhere else. */
  marks: string[];
}

export const EVERY_RIGHT = Object.values(ACTIONS);

/** Binds the API token with this access key's name; answers its id. */
export const tokenIdOf = async (stage: Stage, name: string): Promise<string> => {
  const row = await stage.strapi.db.query('admin::api-token').findOne({ where: { name } });
  return String(row.id);
};

export const bind = (stage: Stage, tokenId: string, organizationId: string | null, headers = stage.admin) =>
  stage.http.put(`/whatsapp/api-access/${tokenId}`).set(headers).send({ organizationId });

const newestTokenId = async (stage: Stage): Promise<string> => {
  const [row] = await stage.strapi.db
    .query('admin::api-token')
    .findMany({ orderBy: { id: 'desc' }, limit: 1 });
  return String(row.id);
};

/** A new API token; its id and header. */
export const newToken = async (stage: Stage, type: 'full-access' | 'read-only' = 'full-access') => {
  const key = await apiToken(stage.strapi, { type });
  return { id: await newestTokenId(stage), headers: { Authorization: `Bearer ${key}` } };
};

const PHONE = '+34600777321';

export const makeOtherTenant = async (stage: Stage): Promise<OtherTenant> => {
  const { body: made } = await stage.http
    .post('/whatsapp/organizations')
    .set(stage.admin)
    .send({ name: 'Zebramark GmbH', slug: 'zebramark' })
    .expect(201);
  const organizationId = made.data.id as string;
  // Made afterwards: whoever was there before belongs to the first organization too.
  const member = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
  await stage.http
    .put(`/whatsapp/organizations/${organizationId}`)
    .set(stage.admin)
    .send({ memberIds: [String(member.id)] })
    .expect(200);
  const token = await newToken(stage);
  await stage.strapi.db
    .query('admin::api-token')
    .update({ where: { id: token.id }, data: { name: 'Zebramark token' } });
  await bind(stage, token.id, organizationId).expect(200);
  const number = await stage.addNumber({ name: 'Zebramark number' }, token.headers);
  const customer = stage.simulator.customers.add({ name: 'Zebramark person', phone: PHONE });
  await stage.simulator.play(customer.id, number.phoneNumberId, {
    type: 'image',
    caption: 'Zebramark words',
  });
  const list = () => stage.http.get('/api/whatsapp/conversations').set(token.headers);
  const { body } = await until(list, ({ body: { data } }) => data?.length === 1);
  const conversation = body.data[0] as Conversation;
  const message = () =>
    stage.http.get(`/api/whatsapp/messages/${conversation.lastMessage?.id}`).set(token.headers);
  await until(message, (answer) => answer.body.data?.media?.state === 'stored');
  const at = new Date();
  await stage.strapi.db.connection('whatsapp_templates').insert({
    document_id: 'zebramarktemplatexxxxxxx',
    organization_id: organizationId,
    business_account_id: number.businessAccountId,
    meta_id: '600777321600777',
    name: 'zebramark_hello',
    language: 'en',
    category: 'UTILITY',
    template_status: 'APPROVED',
    parameter_format: 'POSITIONAL',
    components: JSON.stringify([{ type: 'BODY', text: 'Zebramark greets you' }]),
    search_text: 'zebramark greets you',
    last_synced_at: at.getTime(),
    created_at: at,
    updated_at: at,
    published_at: at,
  });
  const template = await stage.strapi.db
    .connection('whatsapp_templates')
    .where({ organization_id: organizationId })
    .first('id');
  await stage.http
    .post('/whatsapp/template-drafts')
    .set(member.headers)
    .send({ templateId: String(template.id), purpose: 'translate', language: 'de' })
    .expect(201);
  return {
    organizationId,
    slug: 'zebramark',
    headers: { 'X-WhatsApp-Organization': 'zebramark' },
    number,
    conversation,
    messageId: String(conversation.lastMessage?.id),
    contactId: conversation.contact.id,
    templateId: String(template.id),
    phone: PHONE,
    member,
    token,
    marks: ['Zebramark', 'zebramark', '600777321', number.phoneNumberId, number.businessAccountId],
  };
};
