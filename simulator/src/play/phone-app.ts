import { digitsOf } from '../customers';
import { addMessage, openThread } from '../threads';
import { seconds } from '../webhooks/people';
import type { Of } from './played';
import { pushValue, type Scene } from './scene';

const metadataOf = ({ number }: Scene): Record<string, unknown> => ({
  messaging_product: 'whatsapp',
  metadata: {
    display_phone_number: digitsOf(number.displayPhoneNumber),
    phone_number_id: number.phoneNumberId,
  },
});

const addressed = ({ number, customer }: Scene): Record<string, unknown> => ({
  from: digitsOf(number.displayPhoneNumber),
  ...(customer.waId && { to: customer.waId }),
  to_user_id: customer.userId,
});

/** The business writes in its phone app: the customer gets it, and the API hears of it as an echo. */
export const echo = (scene: Scene, text: string): void => {
  const { world, customer, number, wamid, at } = scene;
  const thread = openThread(world, customer.id, number.phoneNumberId);
  addMessage(world, thread, {
    wamid,
    direction: 'in',
    type: 'text',
    text,
    at,
    state: 'delivered',
    content: { body: text },
  });
  pushValue(scene, 'smb_message_echoes', 'echo:text', {
    ...metadataOf(scene),
    message_echoes: [
      { ...addressed(scene), id: wamid, timestamp: seconds(at), type: 'text', text: { body: text } },
    ],
  });
};

const MINUTE_MS = 60_000;

/** One chunk of the imported past; the newest message lies a minute before the scene. */
export const history = (scene: Scene, action: Of<'history'>): void => {
  const { world, customer, at, wamid } = scene;
  const from = { ...(customer.waId && { from: customer.waId }), from_user_id: customer.userId };
  const count = action.texts.length + (action.media ? 1 : 0);
  const timeOf = (index: number): string => seconds(at - (count - index) * MINUTE_MS);
  const texts = action.texts.map((body, index) => ({
    ...(index % 2 === 0 ? from : addressed(scene)),
    // The first id is the one that the action answers with.
    id: index === 0 ? wamid : world.ids.wamid(),
    timestamp: timeOf(index),
    type: 'text',
    text: { body },
    history_context: { status: 'READ' },
  }));
  const placeholder = {
    ...from,
    id: world.ids.wamid(),
    timestamp: timeOf(action.texts.length),
    type: 'media_placeholder',
    history_context: { status: 'PLAYED' },
  };
  pushValue(scene, 'history', 'history', {
    ...metadataOf(scene),
    history: [
      {
        metadata: { phase: 0, chunk_order: 1, progress: action.progress ?? 100 },
        threads: [
          {
            ...(customer.waId && { id: customer.waId }),
            context: {
              ...(customer.waId && { wa_id: customer.waId }),
              user_id: customer.userId,
              ...(customer.username && { username: customer.username }),
            },
            messages: action.media ? [...texts, placeholder] : texts,
          },
        ],
      },
    ],
  });
};
