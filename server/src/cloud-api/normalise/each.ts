import type { WebhookEvent } from '../events';
import { isObject, type JsonObject } from '../read';
import { unknown, type Frame } from './frame';

/** Reads every element on its own: one that cannot be read becomes an `unknown` event and harms no neighbour. */
export function each(
  frame: Frame,
  elements: unknown[],
  read: (element: JsonObject) => WebhookEvent,
): WebhookEvent[] {
  return elements.map((element) => {
    if (!isObject(element)) return unknown(frame, 'element is not an object', element);
    try {
      return read(element);
    } catch (error) {
      return unknown(
        frame,
        `element could not be read: ${error instanceof Error ? error.name : 'error'}`,
        element,
      );
    }
  });
}
