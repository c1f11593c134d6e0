'use strict';

const { Client } = require('pg');

const CUSTOMERS = 1000;
/** More would only queue on two cores; the reference study found its maximum here too. */
const CONNECTIONS = 4;

const seed = async (client, organization) => {
  await client.query(
    `INSERT INTO whatsapp_contacts (document_id, organization_id, phone, wa_id)
     SELECT 'contact' || n, $1, (15552000000 + n)::text, (15552000000 + n)::text FROM generate_series(0, $2 - 1) n`,
    [organization, CUSTOMERS],
  );
  await client.query(
    `INSERT INTO whatsapp_contact_aliases (document_id, organization_id, contact_id, kind, value)
     SELECT 'alias' || id, $1, id, 'wa', wa_id FROM whatsapp_contacts`,
    [organization],
  );
};

/** Everything that one group writes, in one statement that the server has planned once. */
const statement = (organization, integration) => `
WITH r AS (
  SELECT * FROM json_to_recordset($1::json) AS r(key text, phone text, wamid text, text text, raw text, at bigint)
), known AS (
  SELECT r.*, a.contact_id FROM r JOIN whatsapp_contact_aliases a
    ON a.organization_id = ${organization} AND a.kind = 'wa' AND a.value = r.phone
), touched AS (
  INSERT INTO whatsapp_conversations (document_id, organization_id, integration_id, contact_id, state, unread_count,
    last_inbound_at, last_message_key, last_message_at, created_at, updated_at, published_at)
  SELECT max(key), ${organization}, ${integration}, contact_id, 'open', count(*), max(at), max(key), max(at), now(), now(), now()
    FROM known GROUP BY contact_id ORDER BY contact_id
  ON CONFLICT (integration_id, contact_id) DO UPDATE SET
    unread_count = whatsapp_conversations.unread_count + excluded.unread_count,
    last_inbound_at = excluded.last_inbound_at, last_message_key = excluded.last_message_key,
    last_message_at = excluded.last_message_at, updated_at = excluded.updated_at
  RETURNING id, contact_id
), stored AS (
  INSERT INTO whatsapp_messages (document_id, organization_id, integration_id, conversation_id, direction, message_type,
    text, content, raw, wamid, origin, written_at, received_at, delivery_status, created_at, updated_at, published_at)
  SELECT key, ${organization}, ${integration}, touched.id, 'inbound', 'text', text, '{}', raw::jsonb, wamid, 'contact', at, at,
    'received', now(), now(), now() FROM known JOIN touched USING (contact_id)
  ON CONFLICT DO NOTHING RETURNING id, conversation_id, written_at
), changed AS (
  INSERT INTO whatsapp_changes (organization_id, integration_id, conversation_id, message_id, kind, at)
  SELECT ${organization}, ${integration}, conversation_id, id, 'message.created', written_at FROM stored
)
INSERT INTO whatsapp_delivery_log (organization_id, received_at, outcome, bytes, events, summary)
SELECT ${organization}, max(at), 'applied', 700, count(*), '{"message.received":1}' FROM r`;

/** One named set-based statement per group, over a few connections at once. */
const postgresWriter = async ({ connectionString }) => {
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new Client({ connectionString });
      await client.connect();
      return client;
    }),
  );
  const { rows } = await clients[0].query('SELECT id, organization_id FROM whatsapp_integrations');
  const [{ id, organization_id: organization }] = rows;
  await seed(clients[0], organization);
  const text = statement(organization, id);
  return {
    connections: CONNECTIONS,
    prepare: (groups) => groups.map((group) => JSON.stringify(group)),
    async write(bound) {
      let next = 0;
      await Promise.all(
        clients.map(async (client) => {
          while (next < bound.length) {
            const index = next++;
            await client.query({ name: 'store', text, values: [bound[index]] });
          }
        }),
      );
    },
  };
};

module.exports = { postgresWriter };
