import type { Audit } from '../audit/service';
import { TABLES } from '../constants';
import { notFound, WhatsAppError } from '../errors';
import { idOf } from '../http/validate';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { cardOf, findCard, seenContacts } from './card';
import type { TestContact } from './contract';
import { displayName } from './identity';
import { maskNumbers, maskPhone } from './mask';

interface Deps {
  db: Database;
  audit: Audit;
  now(): number;
}

/** Enough for a team to look at its own phones, too few to write to customers by mistake. */
export const MOST_TEST_CONTACTS = 10;

const present = (row: Record<string, unknown>, masked: boolean): TestContact => {
  const card = cardOf(row);
  const name = displayName({ ...card, userId: String(row.user_id ?? '') });
  if (!masked) return { id: String(card.id), name, phone: card.phone };
  return { id: String(card.id), name: maskNumbers(name), phone: card.phone && maskPhone(card.phone) };
};

/** People of the team who get what is only tried out. */
export const createTestContacts = ({ db, audit, now }: Deps) => {
  const contacts = db.name(TABLES.contacts);

  const list = async (scope: Scope): Promise<TestContact[]> => {
    const { where, params } = seenContacts(db, scope);
    const rows = await db.all(
      `SELECT * FROM ${contacts} WHERE test_since IS NOT NULL AND ${where} ORDER BY test_since, id`,
      params,
    );
    return rows.map((row) => present(row, scope.masked === true));
  };

  const load = async (scope: Scope, id: number | null) => {
    const card = await findCard(db, scope, id);
    if (!card) throw notFound('Contact');
    return card;
  };

  const record = (scope: Scope, id: number, isTest: boolean) => ({
    organizationId: scope.organizationId,
    action: 'contact.test-flag' as const,
    target: { type: 'contact', id },
    before: { isTest: !isTest },
    after: { isTest },
  });

  return {
    list,
    exists: async (scope: Scope, id: string): Promise<boolean> =>
      (await findCard(db, scope, idOf(id))) !== null,
    async add(scope: Scope, contactId: number | null): Promise<TestContact[]> {
      const card = await load(scope, contactId);
      if (card.isTest) return list(scope);
      await db.transaction(async (tx) => {
        // Counted in the statement itself: two people adding at once do not make eleven.
        const lock = db.dialect === 'sqlite' ? '' : ' FOR UPDATE';
        const organization = db.name(TABLES.organizations);
        await tx.all(`SELECT id FROM ${organization} WHERE id = ?${lock}`, [scope.organizationId]);
        const [row] = await tx.all(
          `SELECT count(*) AS n FROM ${contacts} WHERE organization_id = ? AND test_since IS NOT NULL`,
          [scope.organizationId],
        );
        if (Number(row.n) >= MOST_TEST_CONTACTS) {
          throw new WhatsAppError(
            'too_many_test_contacts',
            `There are ${MOST_TEST_CONTACTS} test contacts already. Take one away first.`,
          );
        }
        await tx.run(`UPDATE ${contacts} SET test_since = ? WHERE id = ?`, [now(), card.id]);
        await audit.record(tx, record(scope, card.id, true));
      });
      return list(scope);
    },
    async remove(scope: Scope, contactId: number | null): Promise<TestContact[]> {
      const card = await load(scope, contactId);
      if (!card.isTest) return list(scope);
      await db.transaction(async (tx) => {
        await tx.run(`UPDATE ${contacts} SET test_since = NULL WHERE id = ?`, [card.id]);
        await audit.record(tx, record(scope, card.id, false));
      });
      return list(scope);
    },
  };
};

export type TestContacts = ReturnType<typeof createTestContacts>;
