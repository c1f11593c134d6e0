/**
 * The order shown while the pointer is on the list or it is scrolled: rows keep their places, newly loaded older rows
 * join at the end, and what would have moved up is counted for the "N new" pill.
 */
export const frozenOrder = (
  frozen: readonly string[],
  live: readonly string[],
): { ids: string[]; waiting: number } => {
  const livePosition = new Map(live.map((id, index) => [id, index]));
  const kept = frozen.filter((id) => livePosition.has(id));
  const keptSet = new Set(kept);
  const lastKept = kept.reduce((max, id) => Math.max(max, livePosition.get(id)!), -1);
  const appended = live.filter((id, index) => !keptSet.has(id) && index > lastKept);
  const arrived = live.filter((id, index) => !keptSet.has(id) && index < lastKept).length;
  return { ids: [...kept, ...appended], waiting: arrived + countMovedUp(kept, livePosition) };
};

/** How many rows stand higher in the live order than all that stood above them when the order was frozen. */
const countMovedUp = (kept: readonly string[], livePosition: Map<string, number>): number => {
  let moved = 0;
  let highest = -1;
  for (const id of kept) {
    const position = livePosition.get(id)!;
    if (position < highest) moved += 1;
    else highest = position;
  }
  return moved;
};
