import { isObject, list, number, object, text, type JsonObject } from './read';
import { GraphError } from './graph-error';
import { nextCursor, readTemplateCounts, type TemplateCounts } from './graph-answers';

/** What a new template consists of, in Meta's own naming. */
export interface NewTemplate {
  name: string;
  language: string;
  category: string;
  parameter_format: string;
  components: object[];
  message_send_ttl_seconds?: number;
}

/** What Meta made of it; its category may be another than was asked for. */
export interface CreatedTemplate {
  id: string;
  status: string;
  category: string | null;
}

export interface SampleFile {
  bytes: Buffer;
  mimeType: string;
  fileName: string;
}

/** One day of one template; taps with the label of the button. */
export interface TemplatePoint {
  /** ms */
  start: number;
  sent: number;
  delivered: number;
  read: number;
  clicked: { type: string; label: string; count: number }[];
}

/** The life of templates (Meta, templates/template-management). */
export interface TemplateCalls {
  /** Every page of an account's templates, or of those whose name holds `name`; breaks off by throwing, so that half a list is never taken for a whole one. */
  listTemplates(wabaId: string, name?: string): AsyncGenerator<JsonObject[]>;
  /** One template as the listing tells it. */
  getTemplate(templateId: string): Promise<JsonObject>;
  /** How many templates an account has and may have; null where Meta does not say. */
  templateCounts(wabaId: string): Promise<TemplateCounts>;
  /** A lost answer is `unknown_outcome`: look it up by name, never create again because of it. */
  createTemplate(wabaId: string, template: NewTemplate): Promise<CreatedTemplate>;
  /** Components are replaced as a whole. A lost answer is `unknown_outcome`. */
  editTemplate(templateId: string, change: object): Promise<void>;
  /** All languages of a name, or the one with this id. */
  deleteTemplate(wabaId: string, name: string, templateId?: string): Promise<void>;
  /** Ends a pause that was caused by pacing. */
  unpauseTemplate(templateId: string): Promise<void>;
  /** Hands over a sample by Meta's resumable upload; answers the handle for `example.header_handle`. */
  uploadSample(appId: string, file: SampleFile): Promise<string>;
  /** Templates that Meta has written, at most one page. */
  libraryTemplates(search: string): Promise<JsonObject[]>;
  /** `from` and `to` in ms; at most 90 days. Needs template insights switched on at Meta. */
  templateAnalytics(
    wabaId: string,
    templateId: string,
    range: { from: number; to: number },
  ): Promise<TemplatePoint[]>;
}

interface Request {
  method: 'GET' | 'POST' | 'DELETE';
  query?: Record<string, string>;
  body?: unknown;
  form?: { contentType: string; body: Buffer };
  headers?: Record<string, string>;
  sending?: boolean;
  secrets?: string[];
  timeoutMs?: number;
}

interface Line {
  call(path: string[], request: Request): Promise<JsonObject>;
  callUrl(url: string, request: Request): Promise<JsonObject>;
  /** Host and version. */
  root: string;
  accessToken: string;
}

const TEMPLATE_FIELDS =
  'id,name,language,status,category,components,quality_score,parameter_format,rejected_reason,' +
  'previous_category,correct_category,message_send_ttl_seconds';
/** A verified business has 6,000 templates at most, counted per language. */
const MAX_TEMPLATE_PAGES = 100;
const MAX_ANALYTICS_PAGES = 10;
const LIBRARY_PAGE = '50';
/** Samples may be 100 MB. */
const FILE_TIMEOUT_MS = 120_000;
/** The session's id goes into an address as it is: nothing but what Meta puts there. */
const SESSION = /^upload:[\w=:.~-]+(\?sig=[\w=:.~%-]+)?$/;

const pointOf = (item: JsonObject): TemplatePoint => ({
  start: (number(item.start) ?? 0) * 1000,
  sent: number(item.sent) ?? 0,
  delivered: number(item.delivered) ?? 0,
  read: number(item.read) ?? 0,
  clicked: list(item.clicked).flatMap((tap) => {
    const { type, button_content, count } = object(tap) ?? {};
    return [{ type: text(type) ?? '', label: text(button_content) ?? '', count: number(count) ?? 0 }];
  }),
});

const objects = (answer: JsonObject): JsonObject[] => list(answer.data).filter(isObject);

export const createTemplateCalls = ({ call, callUrl, root, accessToken }: Line): TemplateCalls => ({
  async *listTemplates(wabaId, name) {
    // Meta's own page is 25 (cloud-api.md §16.3).
    let query: Record<string, string> = {
      fields: TEMPLATE_FIELDS,
      limit: '100',
      ...(name === undefined ? {} : { name }),
    };
    for (let page = 0; page < MAX_TEMPLATE_PAGES; page += 1) {
      const answer = await call([wabaId, 'message_templates'], { method: 'GET', query });
      yield objects(answer);
      const after = nextCursor(answer);
      if (after === null) return;
      query = { ...query, after };
    }
    throw new GraphError('rejected', 'The account lists more templates than WhatsApp allows.');
  },
  getTemplate: (templateId) => call([templateId], { method: 'GET', query: { fields: TEMPLATE_FIELDS } }),
  async templateCounts(wabaId) {
    const query = { fields: 'id', limit: '1', summary: 'message_template_count,message_template_limit' };
    return readTemplateCounts(await call([wabaId, 'message_templates'], { method: 'GET', query }));
  },
  async createTemplate(wabaId, template) {
    const request = { method: 'POST', body: template, sending: true } as const;
    const answer = await call([wabaId, 'message_templates'], request);
    const id = text(answer.id);
    if (id === null) throw new GraphError('unknown_outcome', 'The template was taken but its id is missing.');
    return { id, status: text(answer.status) ?? 'PENDING', category: text(answer.category) };
  },
  async editTemplate(templateId, change) {
    await call([templateId], { method: 'POST', body: change, sending: true });
  },
  async deleteTemplate(wabaId, name, templateId) {
    const query: Record<string, string> = templateId === undefined ? { name } : { hsm_id: templateId, name };
    await call([wabaId, 'message_templates'], { method: 'DELETE', query });
  },
  async unpauseTemplate(templateId) {
    await call([templateId, 'unpause'], { method: 'POST', body: {} });
  },
  async uploadSample(appId, { bytes, mimeType, fileName }) {
    const query = { file_name: fileName, file_length: String(bytes.length), file_type: mimeType };
    const session = text((await call([appId, 'uploads'], { method: 'POST', query, body: {} })).id) ?? '';
    if (!SESSION.test(session)) throw new GraphError('retryable', 'WhatsApp opened no upload.');
    const answer = await callUrl(`${root}/${session}`, {
      method: 'POST',
      form: { contentType: mimeType, body: bytes },
      // This one call wants another scheme (Graph API, resumable upload).
      headers: { Authorization: `OAuth ${accessToken}`, file_offset: '0' },
      secrets: [session],
      timeoutMs: FILE_TIMEOUT_MS,
    });
    const handle = text(answer.h);
    if (handle === null) throw new GraphError('retryable', 'The sample was taken but its handle is missing.');
    return handle;
  },
  async libraryTemplates(search) {
    const query = { limit: LIBRARY_PAGE, ...(search === '' ? {} : { search }) };
    return objects(await call(['message_template_library'], { method: 'GET', query }));
  },
  async templateAnalytics(wabaId, templateId, { from, to }) {
    let query: Record<string, string> = {
      start: String(Math.floor(from / 1000)),
      end: String(Math.ceil(to / 1000)),
      granularity: 'DAILY',
      metric_types: JSON.stringify(['SENT', 'DELIVERED', 'READ', 'CLICKED']),
      template_ids: JSON.stringify([templateId]),
    };
    const points: TemplatePoint[] = [];
    for (let page = 0; page < MAX_ANALYTICS_PAGES; page += 1) {
      const answer = await call([wabaId, 'template_analytics'], { method: 'GET', query });
      points.push(
        ...objects(answer).flatMap((group) => list(group.data_points).filter(isObject).map(pointOf)),
      );
      const after = nextCursor(answer);
      if (after === null) break;
      query = { ...query, after };
    }
    return points;
  },
});
