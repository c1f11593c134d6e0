import type { WebhookEvent } from '../events';
import { each } from './each';
import type { Frame } from './frame';
import { messageEvent } from './message';
import { allAlike, identify } from './people';

/** `smb_message_echoes`: typed by the business in its phone app; `from` is our own number, the person is in `to`. */
export function echoEvents(frame: Frame, elements: unknown[], history: boolean): WebhookEvent[] {
  const alone = allAlike(elements, 'to', 'to_user_id');
  return each(frame, elements, (element) => {
    const named = {
      address: element.to,
      userId: element.to_user_id,
      parentUserId: element.to_parent_user_id,
    };
    return messageEvent(frame, element, identify(named, frame.contacts, alone), {
      from: 'business',
      history,
    });
  });
}
