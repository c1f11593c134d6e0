import { writeEdits, writeReactions, writeRevocations } from '../messages/targets';
import type { EditWrite, ReactionWrite, RevocationWrite } from '../messages/targets';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import type { Known, KnownMessage } from './lookup';
import type { TargetEvent, Unit } from './plan';

export interface TargetPlan {
  touched: Map<number, KnownMessage>;
  unknown: Unit<TargetEvent>[];
}

/** Reactions, edits and deletions of a drain, each kind in one statement. */
export const writeTargets = async (
  db: Database,
  tx: Tx,
  units: Unit<TargetEvent>[],
  known: Known,
): Promise<TargetPlan> => {
  const plan: TargetPlan = { touched: new Map(), unknown: [] };
  const reactions: ReactionWrite[] = [];
  const edits: EditWrite[] = [];
  const revocations: RevocationWrite[] = [];
  for (const unit of units) {
    const { event, route } = unit;
    const target = known.byWamid(route.integrationId, event.targetWamid);
    if (!target) {
      plan.unknown.push(unit);
      continue;
    }
    plan.touched.set(target.id, target);
    const write = { messageId: target.id, at: event.timestamp };
    if (event.kind === 'reaction.changed') reactions.push({ ...write, from: event.from, emoji: event.emoji });
    else if (event.kind === 'message.revoked') revocations.push(write);
    else edits.push({ ...write, text: event.text, content: event.content });
  }
  await writeReactions(db, tx, reactions);
  await writeEdits(db, tx, edits);
  await writeRevocations(db, tx, revocations);
  return plan;
};
