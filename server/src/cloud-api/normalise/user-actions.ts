import type { WebhookEvent } from '../events';
import { identifier, object, text, type JsonObject } from '../read';
import { capText } from '../storable';
import { envelope, unknown, type Frame } from './frame';
import { MAX_NAME_LENGTH } from './people';

/**
 * One element of `user_actions[]`: a click that Meta counts for a marketing message. It names neither the person nor the
 * message, only the token that we gave (Meta, marketing-messages/track-click-events; the shape is partly unconfirmed).
 */
export function userAction(frame: Frame, element: JsonObject): WebhookEvent {
  if (frame.phoneNumberId === null) return unknown(frame, 'user action without phone_number_id', element);
  const action = text(element.action_type);
  if (action === null) return unknown(frame, 'user action without a type', element);
  const data = object(element[`${action}_data`]);
  return {
    kind: 'user.acted',
    ...envelope(frame, element.timestamp),
    action: capText(action, MAX_NAME_LENGTH),
    trackingToken: identifier(data?.tracking_token),
    clickId: identifier(data?.click_id),
    raw: element,
  };
}
