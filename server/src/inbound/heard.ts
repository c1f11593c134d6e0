import type { Delivery } from './drain';

interface Deps {
  now(): number;
  note(heard: { webhooks: number[]; messages: number[] }, at: number): Promise<void>;
  onError(error: unknown): void;
}

/** "Last event" of a number is for people: a few seconds old is fine, a write per webhook is not. */
const EVERY_MS = 5_000;

/** Notes of each number when it was last heard of, and when somebody last wrote to it. */
export const createHeard = ({ now, note, onError }: Deps) => {
  const notedAt = new Map<number, number>();
  return (deliveries: Delivery[]): void => {
    const at = now();
    const webhooks = new Set<number>();
    const messages = new Set<number>();
    for (const { units } of deliveries) {
      for (const { route, event } of units) {
        if (at - (notedAt.get(route.integrationId) ?? 0) <= EVERY_MS) continue;
        webhooks.add(route.integrationId);
        if (event.kind === 'message.received') messages.add(route.integrationId);
      }
    }
    if (webhooks.size === 0) return;
    webhooks.forEach((id) => notedAt.set(id, at));
    note({ webhooks: [...webhooks], messages: [...messages] }, at).catch(onError);
  };
};
