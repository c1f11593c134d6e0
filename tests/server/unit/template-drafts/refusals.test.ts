import { GraphError } from '../../../../server/src/cloud-api/graph-error';
import { toGraphError } from '../../../../server/src/cloud-api/errors';
import { readLibraryTemplate } from '../../../../server/src/template-drafts/library';
import { refusalOf } from '../../../../server/src/template-drafts/refusals';

const refused = (error: Record<string, unknown>): GraphError =>
  toGraphError(
    { isAxiosError: true, message: 'x', response: { status: 400, data: { error }, headers: {} } },
    { sending: true },
  );

describe('a refusal', () => {
  it('is told in Meta’s words for people, with what to do about it', () => {
    const told = refusalOf(
      refused({
        message: 'Invalid parameter',
        code: 100,
        error_subcode: 2388299,
        error_user_title: 'Variables can’t be at the start or end',
        error_user_msg: 'This template starts with a variable.',
      }),
    );
    expect(told).toEqual({
      title: 'Variables can’t be at the start or end',
      message: 'This template starts with a variable.',
      hint: 'Put words before the first and after the last variable.',
    });
  });

  it('of the token or of too many calls has a way on as well', () => {
    expect(refusalOf(refused({ message: 'Expired', code: 190 })).hint).toContain('new one');
    expect(refusalOf(refused({ message: 'Slow down', code: 80007 })).hint).toContain('hour');
  });

  it('that nobody has words for is shown as it came', () => {
    const told = refusalOf(refused({ message: 'Something odd', code: 99_999 }));
    expect([told.hint, told.title]).toEqual([null, 'Something odd']);
    expect(told.message).not.toBe('');
  });

  it('without an answer of Meta’s says that nothing was lost', () => {
    const silent = toGraphError(Object.assign(new Error('socket'), { code: 'ECONNREFUSED' }), {
      sending: true,
    });
    expect(refusalOf(silent)).toMatchObject({
      title: 'Not submitted',
      hint: expect.stringContaining('Nothing was lost'),
    });
  });
});

describe('an item of the library', () => {
  it('is read as far as it tells', () => {
    expect(
      readLibraryTemplate({
        id: 7,
        name: 'delivery_update',
        language: 'en_US',
        category: 'UTILITY',
        header: 'News',
        body: 'Your order is near.',
        buttons: [{ type: 'URL', text: 'Track' }, 'odd', null],
      }),
    ).toEqual({
      id: '7',
      name: 'delivery_update',
      language: 'en_US',
      category: 'UTILITY',
      header: 'News',
      body: 'Your order is near.',
      buttons: [{ type: 'URL', text: 'Track' }],
    });
    expect(readLibraryTemplate({ name: 'a', body: 'b', buttons: 'x' })).toEqual({
      id: 'a',
      name: 'a',
      language: '',
      category: '',
      header: null,
      body: 'b',
      buttons: [],
    });
  });

  it.each([{}, { name: 'a' }, { body: 'b' }, { name: {}, body: 'b' }, { id: 1, name: 'a', body: ['b'] }])(
    '%j is none',
    (item) => {
      expect(readLibraryTemplate(item)).toBeNull();
    },
  );
});
