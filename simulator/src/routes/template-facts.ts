import { ok, type Answer, type Call } from '../call';
import { LIBRARY } from '../fixtures/template-library';
import { GraphError, parameterError, required, unsupportedRequest } from '../errors';
import { isFields } from '../send/fields';
import type { AccountRecord, NumberRecord, World } from '../world';

/** `GET /message_template_library?search=` */
export const templateLibrary = (call: Call): Answer => {
  if (call.method !== 'GET') throw unsupportedRequest(call.method, 'message_template_library');
  const search = call.query.get('search')?.toLowerCase() ?? '';
  return ok({
    data: LIBRARY.filter(({ name, body }) => `${name}\n${body}`.toLowerCase().includes(search)),
    paging: {},
  });
};

const DAY_S = 24 * 60 * 60;
/** Meta looks back this far for templates. */
const MAX_DAYS = 90;

interface Counts {
  sent: number;
  delivered: number;
  read: number;
  clicked: Map<string, number>;
}

const idsOf = (call: Call): string[] => {
  try {
    return (JSON.parse(call.query.get('template_ids') ?? '[]') as unknown[]).map(String);
  } catch {
    throw parameterError('Param template_ids must be an array.');
  }
};

/** Per day, from what the simulator accepted and told. */
const countsOf = (
  world: World,
  account: AccountRecord,
  templateId: string,
  from: number,
  to: number,
): Map<number, Counts> => {
  const days = new Map<number, Counts>();
  const template = account.templates.find(({ id }) => id === templateId);
  for (const { body, phoneNumberId, wamid, at } of world.accepted) {
    const sent = isFields(body.template) ? body.template : null;
    const language = isFields(sent?.language) ? sent.language.code : null;
    if (!template || sent?.name !== template.name || language !== template.language) continue;
    if (world.numbers.get(phoneNumberId)?.wabaId !== account.wabaId) continue;
    const second = Math.floor(at / 1000);
    if (second < from || second >= to) continue;
    const day = second - (second % DAY_S);
    const counts = days.get(day) ?? { sent: 0, delivered: 0, read: 0, clicked: new Map<string, number>() };
    days.set(day, counts);
    const known = world.wamids.get(wamid);
    counts.sent += 1;
    if (known && ['delivered', 'read'].includes(known.message.state)) counts.delivered += 1;
    if (known?.message.state === 'read') counts.read += 1;
    const taps = known?.thread.messages.filter(({ type, replyTo }) => type === 'button' && replyTo === wamid);
    for (const { text } of taps ?? []) counts.clicked.set(text, (counts.clicked.get(text) ?? 0) + 1);
  }
  return days;
};

/** `GET /<waba id>/template_analytics` */
export const templateAnalytics = (
  world: World,
  account: AccountRecord,
  { phoneNumberId }: NumberRecord,
  call: Call,
): Answer => {
  if (call.method !== 'GET') throw unsupportedRequest(call.method, call.segments.join('/'));
  for (const key of ['start', 'end', 'granularity', 'template_ids'])
    if (!call.query.get(key)) throw required(key);
  const [from, to] = ['start', 'end'].map((key) => Number(call.query.get(key)));
  if (call.query.get('granularity') !== 'DAILY')
    throw parameterError('Param granularity must be one of {DAILY}.');
  if (idsOf(call).length > 10) throw parameterError('Param template_ids takes at most 10 ids.');
  if (world.faults.take('insights-off', { phoneNumberId, call: 'other' }) !== null)
    throw new GraphError({
      status: 400,
      code: 200_005,
      message: '(#200005) Template Insights is not available for this WhatsApp Business Account',
    });
  if (from < world.scheduler.now() / 1000 - (MAX_DAYS + 1) * DAY_S)
    throw parameterError(`Param start must be within the last ${MAX_DAYS} days.`);
  const points = idsOf(call).flatMap((template_id) =>
    [...countsOf(world, account, template_id, from, to)].map(([start, counts]) => ({
      template_id,
      start,
      end: start + DAY_S,
      sent: counts.sent,
      delivered: counts.delivered,
      read: counts.read,
      clicked: [...counts.clicked].map(([button_content, count]) => ({
        type: 'quick_reply_button',
        button_content,
        count,
      })),
    })),
  );
  return ok({
    data: [{ granularity: 'DAILY', product_type: 'CLOUD_API', data_points: points }],
    paging: { cursors: { before: 'MAZDZD', after: 'MjQZD' } },
  });
};
