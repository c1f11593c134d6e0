'use strict';

const Sqlite = require('better-sqlite3');

const CUSTOMERS = 1000;

const seed = (db, organization) => {
  const contact = db.prepare(
    'INSERT INTO whatsapp_contacts (document_id, organization_id, phone, wa_id) VALUES (?, ?, ?, ?)',
  );
  const alias = db.prepare(
    "INSERT INTO whatsapp_contact_aliases (document_id, organization_id, contact_id, kind, value) VALUES (?, ?, ?, 'wa', ?)",
  );
  db.transaction(() => {
    for (let customer = 0; customer < CUSTOMERS; customer += 1) {
      const phone = String(15_552_000_000 + customer);
      const { lastInsertRowid } = contact.run(`contact${customer}`, organization, phone, phone);
      alias.run(`alias${customer}`, organization, lastInsertRowid, phone);
    }
  })();
};

const prepareAll = (db) => ({
  find: db.prepare(
    "SELECT contact_id FROM whatsapp_contact_aliases WHERE organization_id = ? AND kind = 'wa' AND value = ?",
  ),
  touch: db.prepare(
    `INSERT INTO whatsapp_conversations (document_id, organization_id, integration_id, contact_id, state, unread_count,
       last_inbound_at, last_message_key, last_message_at, created_at, updated_at, published_at)
     VALUES (?, ?, ?, ?, 'open', 1, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (integration_id, contact_id) DO UPDATE SET unread_count = unread_count + 1,
       last_inbound_at = excluded.last_inbound_at, last_message_key = excluded.last_message_key,
       last_message_at = excluded.last_message_at, updated_at = excluded.updated_at RETURNING id`,
  ),
  message: db.prepare(
    `INSERT INTO whatsapp_messages (document_id, organization_id, integration_id, conversation_id, direction,
       message_type, text, content, raw, wamid, origin, written_at, received_at, delivery_status,
       created_at, updated_at, published_at)
     VALUES (?, ?, ?, ?, 'inbound', 'text', ?, '{}', ?, ?, 'contact', ?, ?, 'received', ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ),
  change: db.prepare(
    `INSERT INTO whatsapp_changes (organization_id, integration_id, conversation_id, message_id, kind, at)
     VALUES (?, ?, ?, ?, 'message.created', ?)`,
  ),
  log: db.prepare(
    `INSERT INTO whatsapp_delivery_log (organization_id, received_at, outcome, bytes, events, summary)
     VALUES (?, ?, 'applied', 700, ?, '{"message.received":1}')`,
  ),
});

/** Prepared statements, row by row, one transaction per group; SQLite has one writer. */
const sqliteWriter = ({ filename }) => {
  const db = new Sqlite(filename);
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const number = db.prepare('SELECT id, organization_id FROM whatsapp_integrations').get();
  const organization = number.organization_id;
  seed(db, organization);
  const sql = prepareAll(db);
  const store = (event) => {
    const { at } = event;
    const contact = sql.find.get(organization, event.phone).contact_id;
    const touched = sql.touch.get(
      ...[event.key, organization, number.id, contact, at, event.key, at, at, at, at],
    );
    const { lastInsertRowid } = sql.message.run(
      ...[
        event.key,
        organization,
        number.id,
        touched.id,
        event.text,
        event.raw,
        event.wamid,
        at,
        at,
        at,
        at,
        at,
      ],
    );
    sql.change.run(organization, number.id, touched.id, lastInsertRowid, at);
  };
  const commit = db.transaction((group) => {
    group.forEach(store);
    sql.log.run(organization, group[0].at, group.length);
  });
  return {
    connections: 1,
    prepare: (groups) => groups,
    async write(groups) {
      for (const group of groups) commit.immediate(group);
    },
  };
};

module.exports = { sqliteWriter };
