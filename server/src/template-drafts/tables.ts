import { TABLES } from '../constants';
import {
  text,
  word,
  requiredWord,
  number,
  instant,
  requiredInstant,
  json,
  type RawTable,
} from '../storage/table-parts';

export const templateDraftsTables: RawTable[] = [
  {
    name: 'template-draft',
    tableName: TABLES.templateDrafts,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      businessAccountId: requiredWord,
      /** Finds the row again where an insert does not tell its id. Of an open edit it is the template's: there is one. */
      draftKey: { ...requiredWord, column: { notNullable: true, unique: true } },
      /** The template that it changes; null for a new one until Meta has it. */
      templateId: number,
      purpose: requiredWord,
      name: text,
      language: word,
      category: word,
      parameterFormat: word,
      components: json,
      ttlSeconds: number,
      state: requiredWord,
      version: { ...number, column: { notNullable: true } },
      authorId: number,
      authorName: word,
      /** Ids of everybody who wrote on it: none of them approves it. */
      editors: json,
      reviewerId: number,
      reviewerName: word,
      reviewNote: text,
      submitError: json,
      /** What Meta's template said before the last submission: a lost answer is settled by it. */
      submittedOver: text,
      /** Set while a call to Meta is under way, or when nobody knows how it ended. */
      submittingAt: instant,
      createdAt: requiredInstant,
      updatedAt: requiredInstant,
    },
    indexes: [{ name: 'wa_tpl_draft_recent_idx', columns: ['organization_id', 'state', 'id'] }],
  },
];
