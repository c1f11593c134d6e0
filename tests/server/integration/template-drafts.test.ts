/** Drafts of templates: written, agreed, handed to Meta once, whatever gets lost on the way. */
import type { TemplateDraftRecord } from '../../../server/src/template-drafts/contract';
import type { TemplateDetails } from '../../../server/src/templates/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { createPng } from '../../../simulator/src/fixtures/png';
import { adminPerson, type SignedIn } from '../../helpers/people';
import { setStage, until, type Stage } from '../support/stage';

let stage: Stage;
let writer: SignedIn;
let reviewer: SignedIn;
beforeAll(async () => {
  stage = await setStage({ simulator: { templateReviewMs: 150 }, config: { sending: { timeoutMs: 1_500 } } });
  writer = await adminPerson(stage.strapi, { actions: [ACTIONS.manageTemplates, ACTIONS.approveTemplates] });
  reviewer = await adminPerson(stage.strapi, { actions: [ACTIONS.approveTemplates] });
});
afterAll(() => stage.stop());

type Answer = {
  status: number;
  body: { data: TemplateDraftRecord; error: { details: Record<string, unknown> } };
};
const call = async (
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  body: object = {},
  headers = writer.headers,
): Promise<Answer> => {
  const request = stage.http[method](`/whatsapp${path}`).set(headers);
  return (await (method === 'get' ? request : request.send(body))) as unknown as Answer;
};
const codeOf = ({ status, body }: Answer): unknown[] => [status, body.error?.details.code];
const body = (text: string) => [{ type: 'BODY', text }];
const begin = async (over: object = {}): Promise<TemplateDraftRecord> => {
  const made = await call('post', '/template-drafts', {
    businessAccountId: stage.number.businessAccountId,
    language: 'en_US',
    category: 'UTILITY',
    ...over,
  });
  expect(made.status).toBe(201);
  return made.body.data;
};
const save = (draft: TemplateDraftRecord, change: object) =>
  call('put', `/template-drafts/${draft.id}`, { version: draft.version, ...change });
const written = async (name: string, text = `All about ${name} for you.`): Promise<TemplateDraftRecord> => {
  const { body: saved } = await save(await begin({ name }), { components: body(text) });
  expect(saved.data.problems).toEqual([]);
  return saved.data;
};
const submit = (draft: { id: string }, input: object = {}) =>
  call('post', `/template-drafts/${draft.id}/submit`, input);
const template = async (id: string | null): Promise<TemplateDetails> =>
  (await stage.http.get(`/whatsapp/templates/${id}`).set(stage.admin).expect(200)).body
    .data as TemplateDetails;
const becomes = (id: string | null, status: string) =>
  until(
    () => template(id),
    (each) => each.status === status,
  );
const creations = (name: string): number =>
  stage.simulator.requests.filter(
    ({ method, path, body: sent }) =>
      method === 'POST' &&
      path.endsWith('/message_templates') &&
      (sent as { name?: string } | null)?.name === name,
  ).length;

describe('writing', () => {
  it('tells with each save what Meta would refuse, and keeps what is half-written', async () => {
    const draft = await begin({ name: 'half_done' });
    expect(draft.problems.map(({ rule }) => rule)).toContain('body_missing');
    const { body: saved } = await save(draft, { components: body('{{name}} first') });
    expect(saved.data).toMatchObject({ version: 2, state: 'draft' });
    expect(saved.data.problems.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['variable_at_edge', 'example_missing']),
    );
    expect(codeOf(await submit(saved.data))).toEqual([400, 'template_draft_invalid']);
    expect(creations('half_done')).toBe(0);
  });

  it('over what somebody else has saved is refused, and so is a version of the past', async () => {
    const draft = await begin({ name: 'two_writers' });
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((text) => save(draft, { components: body(text) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(codeOf(await save(draft, { components: body('four') }))).toEqual([409, 'draft_changed']);
    const { body: now } = await call('get', `/template-drafts/${draft.id}`);
    expect(now.data.version).toBe(2);
    expect(codeOf(await submit(draft, { version: 1 }))).toEqual([409, 'draft_changed']);
  });

  it('takes no other shape than Meta’s, and no broken characters', async () => {
    const draft = await begin({ name: 'odd' });
    for (const components of [
      'x',
      [{ text: 'no type' }],
      [{ type: 'BODY', text: 7 }],
      [{ type: 'BUTTONS', buttons: {} }],
      body('Nul \u0000 and'),
      body('half \ud83d a pair'),
    ])
      expect(codeOf(await save(draft, { components }))).toEqual([400, 'validation_failed']);
  });

  it('belongs to an account of the own organization', async () => {
    expect(codeOf(await call('post', '/template-drafts', { businessAccountId: '123' }))).toEqual([
      404,
      'not_found',
    ]);
    expect(codeOf(await call('post', '/template-drafts', { templateId: '999999', purpose: 'edit' }))).toEqual(
      [404, 'not_found'],
    );
  });

  it('can be thrown away', async () => {
    const draft = await begin({ name: 'thrown_away' });
    expect((await call('delete', `/template-drafts/${draft.id}`)).status).toBe(204);
    expect((await call('get', `/template-drafts/${draft.id}`)).status).toBe(404);
  });
});

describe('submitting a new one', () => {
  it('makes a template that is approved after its review', async () => {
    const draft = await written('fresh_one');
    const { body: sent } = await submit(draft);
    expect(sent.data).toMatchObject({ state: 'submitted', submitError: null, problems: [] });
    const made = await becomes(sent.data.templateId, 'APPROVED');
    expect(made).toMatchObject({ name: 'fresh_one', category: 'UTILITY', requestedCategory: 'UTILITY' });
    const again = await submit(draft);
    expect([again.status, again.body.data.state, creations('fresh_one')]).toEqual([200, 'submitted', 1]);
    const open = (await call('get', '/template-drafts')).body.data as unknown as TemplateDraftRecord[];
    expect(open.some(({ id }) => id === draft.id)).toBe(false);
  });

  it('gotcha 60: stores the category that Meta gave, beside the one that was asked for', async () => {
    const draft = await written('sells_a_bit', 'Our promo for you starts today.');
    const { body: sent } = await submit(draft);
    expect(await template(sent.data.templateId)).toMatchObject({
      category: 'MARKETING',
      requestedCategory: 'UTILITY',
    });
  });

  it('tells of a rejection with its reason', async () => {
    const { body: sent } = await submit(await written('please_reject'));
    expect(await becomes(sent.data.templateId, 'REJECTED')).toMatchObject({
      rejectedReason: 'INVALID_FORMAT',
      rejectionAdvice: expect.stringContaining('whole sentences'),
    });
  });

  it('keeps the draft with Meta’s words when it is refused', async () => {
    const draft = await written('refused_once');
    stage.simulator.templates.add(stage.number.businessAccountId, {
      name: 'refused_once',
      language: 'en_US',
      category: 'UTILITY',
      components: body('Was there before.'),
    });
    const refused = await submit(draft);
    expect([refused.status, refused.body.data]).toEqual([
      200,
      expect.objectContaining({
        state: 'draft',
        submitError: {
          title: 'Content in this language already exists',
          message: expect.stringContaining('already content'),
          hint: expect.stringContaining('another name'),
        },
      }),
    ]);
    const { body: renamed } = await save(refused.body.data, { name: 'refused_never' });
    expect(renamed.data.submitError).toBeNull();
    expect((await submit(renamed.data)).body.data.state).toBe('submitted');
  });

  it('twice at once makes one', async () => {
    const draft = await written('clicked_twice');
    const answers = await Promise.all([submit(draft), submit(draft), submit(draft)]);
    expect(creations('clicked_twice')).toBe(1);
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
    expect((await submit(draft)).body.data.state).toBe('submitted');
  });

  it('whose answer is lost is looked up, and made once', async () => {
    const draft = await written('answer_lost');
    stage.simulator.faults.set('template-lost-answer', { times: 1 });
    const { body: sent } = await submit(draft);
    expect(sent.data).toMatchObject({ state: 'submitted', submitError: null });
    expect(creations('answer_lost')).toBe(1);
    await becomes(sent.data.templateId, 'APPROVED');
  });

  it('that never arrives says so, and may be submitted again', async () => {
    const draft = await written('never_arrived');
    stage.simulator.faults.set('meta-down', {});
    const { body: sent } = await submit(draft);
    stage.simulator.faults.clear('meta-down');
    expect(sent.data.state).toBe('draft');
    expect(sent.data.submitError).not.toBeNull();
    expect(codeOf(await save(sent.data, { name: 'changed_meanwhile' }))).toEqual([409, 'draft_under_way']);
    // The claim is given back by the job once Meta has said that it is not there.
    await stage.strapi.db
      .connection('whatsapp_jobs')
      .where({ kind: 'template.settle' })
      .update({ run_at: 0 });
    await stage.strapi.db
      .connection('whatsapp_template_drafts')
      .where({ id: draft.id })
      .whereNotNull('submitting_at');
    const settled = await until(
      async () => (await call('get', `/template-drafts/${draft.id}`)).body.data,
      ({ submitError }) => submitError?.title === 'Not submitted',
    );
    expect(settled.state).toBe('draft');
    expect((await submit(settled)).body.data.state).toBe('submitted');
    expect(
      stage.simulator.templates
        .list(stage.number.businessAccountId)
        .filter(({ name }) => name === 'never_arrived'),
    ).toHaveLength(1);
  });
});

describe('changing one that is there', () => {
  const made = async (name: string): Promise<string> => {
    const { body: sent } = await submit(await written(name));
    await becomes(sent.data.templateId, 'APPROVED');
    return sent.data.templateId as string;
  };
  const edit = (templateId: string) => call('post', '/template-drafts', { templateId, purpose: 'edit' });

  it('is one draft for all who want to, goes to its own review, and counts', async () => {
    const id = await made('to_change');
    const [first, second] = [(await edit(id)).body.data, (await edit(id)).body.data];
    expect(second.id).toBe(first.id);
    expect((await template(id)).draftId).toBe(first.id);
    const { body: fixed } = await save(first, { name: 'other', category: 'MARKETING' });
    expect(fixed.data.problems.map(({ rule }) => rule)).toEqual(['name_fixed', 'category_fixed']);
    const { body: saved } = await save(fixed.data, {
      name: 'to_change',
      category: 'UTILITY',
      components: body('All new about it for you.'),
    });
    expect((await submit(saved.data)).body.data.state).toBe('submitted');
    const changed = await becomes(id, 'APPROVED');
    expect(changed.components[0].text).toBe('All new about it for you.');
    expect(changed.editing).toMatchObject({ allowed: false, reason: 'day', used30Days: 1 });
    const { body: next } = await edit(id);
    const { body: ready } = await save(next.data, { components: body('Yet another text for you.') });
    const refused = await submit(ready.data);
    expect([codeOf(refused), refused.body.error.details.nextAt]).toEqual([
      [409, 'template_edit_limit'],
      changed.editing.nextAt,
    ]);
  });

  it('is one draft for all who begin at the same moment, and a new one once that is history', async () => {
    const id = await made('begun_at_once');
    const begun = await Promise.all(Array.from({ length: 6 }, () => edit(id)));
    expect(begun.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(begun.map(({ body: { data } }) => data.id)).size).toBe(1);
    const { body: saved } = await save(begun[0].body.data, {
      components: body('All else about it for you.'),
    });
    expect((await submit(saved.data)).body.data.state).toBe('submitted');
    await becomes(id, 'APPROVED');
    expect((await edit(id)).body.data.id).not.toBe(saved.data.id);
  });

  it('whose answer is lost counts once', async () => {
    const id = await made('change_lost');
    const { body: saved } = await save((await edit(id)).body.data, {
      components: body('Changed in the dark for you.'),
    });
    stage.simulator.faults.set('template-lost-answer', { times: 1 });
    expect((await submit(saved.data)).body.data.state).toBe('submitted');
    expect((await template(id)).editing.used30Days).toBe(1);
  });

  it('is not begun while it is in review', async () => {
    const { body: sent } = await submit(await written('stays_pending'));
    expect(codeOf(await edit(sent.data.templateId as string))).toEqual([409, 'template_not_editable']);
  });

  it('as a copy or in another language is a new one', async () => {
    const id = await made('to_copy');
    const copy = (await call('post', '/template-drafts', { templateId: id, purpose: 'duplicate' })).body.data;
    expect([copy.name, copy.templateId, copy.problems]).toEqual(['to_copy_copy', null, []]);
    const german = (
      await call('post', '/template-drafts', { templateId: id, purpose: 'translate', language: 'de' })
    ).body.data;
    expect([german.name, german.language, german.templateId]).toEqual(['to_copy', 'de', null]);
    expect(german.problems).toEqual([]);
    expect((await submit(german)).body.data.state).toBe('submitted');
  });
});

describe('a sample', () => {
  it('is handed to Meta, and its handle is taken', async () => {
    const draft = await begin({ name: 'with_picture' });
    const { body: sample } = await stage.http
      .post(`/whatsapp/template-drafts/${draft.id}/sample`)
      .set(writer.headers)
      .attach('file', createPng(120), { filename: 'a.png', contentType: 'image/png' })
      .expect(200);
    expect(sample.data).toMatchObject({ handle: expect.stringMatching(/^4::/), mimeType: 'image/png' });
    await stage.http.get(sample.data.url).expect(200);
    const components = (handle: string) => [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: [handle] } },
      ...body('Look at this picture.'),
    ];
    const { body: saved } = await save(draft, { components: components('4::stale') });
    const refused = await submit(saved.data);
    expect(refused.body.data.submitError?.hint).toContain('sample');
    const { body: mended } = await save(refused.body.data, { components: components(sample.data.handle) });
    expect((await submit(mended.data)).body.data.state).toBe('submitted');
    const uploads = stage.simulator.requests.filter(({ path }) => path.includes('upload'));
    expect(JSON.stringify(uploads)).not.toContain(stage.number.accessToken);
  });

  it('of another kind is refused before Meta sees it', async () => {
    const draft = await begin({ name: 'with_text' });
    const answer = await stage.http
      .post(`/whatsapp/template-drafts/${draft.id}/sample`)
      .set(writer.headers)
      .attach('file', Buffer.from('hello'), { filename: 'a.txt', contentType: 'text/plain' });
    expect([answer.status, answer.body.error.details.code]).toEqual([400, 'media_not_supported']);
  });
});

describe('the library', () => {
  it('is searched', async () => {
    const path = `/template-library?businessAccountId=${stage.number.businessAccountId}&q=delivery`;
    const { body: found } = await call('get', path);
    expect(found.data).toEqual([
      expect.objectContaining({ name: 'delivery_update_1', category: 'UTILITY', header: expect.any(String) }),
    ]);
    expect(codeOf(await call('get', '/template-library?businessAccountId=1'))).toEqual([404, 'not_found']);
  });
});

describe('two people', () => {
  it('agree: who wrote on a draft does not approve it, and a change takes the agreement away', async () => {
    const draft = await written('agreed_on');
    const review = (step: string, who: SignedIn, input: object = {}) =>
      call('post', `/template-drafts/${draft.id}/${step}`, input, who.headers);
    expect(codeOf(await review('approve', reviewer))).toEqual([409, 'draft_changed']);
    expect((await review('request-review', writer)).body.data.state).toBe('in_review');
    expect(codeOf(await review('approve', writer))).toEqual([403, 'own_draft']);
    const returned = await review('return', reviewer, { note: 'Say please.' });
    expect(returned.body.data).toMatchObject({ state: 'returned', reviewNote: 'Say please.' });
    const { body: saved } = await save(returned.body.data, { components: body('Please look at this.') });
    await review('request-review', writer);
    expect(codeOf(await review('approve', reviewer, { version: 1 }))).toEqual([409, 'draft_changed']);
    const approved = await review('approve', reviewer, { version: saved.data.version });
    expect(approved.body.data).toMatchObject({ state: 'approved', reviewer: { id: String(reviewer.id) } });
    // The same again is no change; another text is.
    const same = await save(approved.body.data, { components: body('Please look at this.') });
    expect(same.body.data.state).toBe('approved');
    const changed = await save(same.body.data, { components: body('Please look at that.') });
    expect(changed.body.data.state).toBe('draft');
  });

  it('leave their lines in the audit trail, without a word of the text', async () => {
    const { body: trail } = await stage.http.get('/whatsapp/audit?limit=100').set(stage.admin).expect(200);
    const actions = (trail.data as { action: string }[]).map(({ action }) => action);
    for (const action of [
      'template-draft.create',
      'template-draft.request-review',
      'template-draft.approve',
      'template-draft.return',
      'template.submit',
      'template.edit',
    ])
      expect(actions).toContain(action);
    expect(JSON.stringify(trail)).not.toContain('look at this');
  });
});
