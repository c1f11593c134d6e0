import {
  fieldProblems,
  fromValues,
  resolvedUrl,
  sectionsOf,
  toValues,
} from '../../admin/src/templates/form/fields';
import { overSaved } from '../../admin/src/templates/form/use-template-form';
import { bodyOf, shownContent, type TemplateJob } from '../../admin/src/messages/job-content';
import type { TrayItem } from '../../admin/src/messages/attachments/tray';
import { parametersOf } from '../../server/src/templates/parameters';
import { renderTemplate } from '../../server/src/templates/render';
import type { TemplateValues } from '../../server/src/templates/values';
import type { TemplateDefinition } from '../../server/src/templates/model';
import type { Upload } from '../../server/src/uploads/contract';
import * as all from './helpers/templates';

const file: TrayItem = {
  key: 'k1',
  name: 'menu.pdf',
  size: 10,
  mimeType: 'application/pdf',
  kind: 'document',
  caption: '',
  previewUrl: 'blob:1',
  width: null,
  height: null,
};

/** Values that fit each template. */
const CASES: [string, TemplateDefinition, TemplateValues][] = [
  [
    'named text',
    all.ORDER_READY,
    { header: { 1: '7' }, body: { first_name: 'Ana' }, buttons: [null, { text: 'x' }] },
  ],
  [
    'an offer',
    all.OFFER,
    {
      limitedTimeOffer: { expiresAt: 1_800_000_000_000 },
      body: { 1: 'Ana' },
      buttons: [{ couponCode: 'S' }],
    },
  ],
  ['a place', all.WITH_LOCATION, { header: { location: { latitude: 41.5, longitude: 28.9, name: 'Shop' } } }],
  ['a picture from content', all.WITH_IMAGE, { header: { image: { url: 'https://a.io/x.png' } } }],
  ['a product', all.WITH_PRODUCT, { header: { product: 'sku' } }],
  ['a code', all.AUTHENTICATION, { body: { 1: '123456' } }],
  [
    'cards',
    all.CAROUSEL,
    {
      cards: [
        { header: { image: { url: 'https://a.io/1.png' } }, body: { 1: 'a' } },
        { header: { image: { url: 'https://a.io/2.png' } }, body: { 1: 'b' }, buttons: [{ payload: 'p' }] },
      ],
    },
  ],
];

describe('fields of a template', () => {
  it.each(CASES)('take %s and give it back', (_name, definition, values) => {
    const parameters = parametersOf(definition);
    const again = toValues(parameters, fromValues(parameters, values));
    expect(again).toEqual(values);
    expect(fieldProblems(definition, again)).toEqual({});
  });

  it.each(Object.entries(all))('%s: every problem belongs to a field', (_name, definition) => {
    const parameters = parametersOf(definition);
    const keys = Object.keys(fromValues(parameters, {}));
    Object.keys(fieldProblems(definition, toValues(parameters, {}))).forEach((key) =>
      expect(keys).toContain(key),
    );
  });

  it('leaves empty fields out instead of sending empty text', () => {
    const parameters = parametersOf(all.ORDER_READY);
    expect(toValues(parameters, { 'body:first_name': { text: '' } })).toEqual({});
    expect(fieldProblems(all.ORDER_READY, {})).toMatchObject({
      'body:first_name': 'missing',
      'buttons:1': 'missing',
    });
  });

  it.each([
    ['a\nb', 'malformed'],
    ['a     b', 'malformed'],
    ['   ', 'empty'],
    ['x'.repeat(1025), 'too_long'],
  ])('tells what Meta refuses: %j', (text, problem) => {
    const values = toValues(parametersOf(all.ORDER_READY), { 'body:first_name': { text } });
    expect(fieldProblems(all.ORDER_READY, values)['body:first_name']).toBe(problem);
  });

  it('tells a place that cannot be read', () => {
    const parameters = parametersOf(all.WITH_LOCATION);
    const values = toValues(parameters, {
      'header:location': { text: '', place: { where: 'nowhere', address: '' } },
    });
    expect(fieldProblems(all.WITH_LOCATION, values)).toEqual({ 'header:location': 'malformed' });
  });

  it('reads products line by line', () => {
    expect(sectionsOf('Drinks:\n a \n\nb\nEmpty:\nFood:\nc')).toEqual([
      { title: 'Drinks', productIds: ['a', 'b'] },
      { title: 'Food', productIds: ['c'] },
    ]);
    expect(sectionsOf('a')).toEqual([{ title: '•', productIds: ['a'] }]);
    expect(sectionsOf('Only a title:')).toEqual([]);
  });

  it('shows where a button will lead', () => {
    const button = parametersOf(all.ORDER_READY).find(({ kind }) => kind === 'urlSuffix');
    expect(button && resolvedUrl(all.ORDER_READY, button, '42')).toBe('https://example.com/t/42');
    expect(button && resolvedUrl(all.ORDER_READY, button, '')).toBe('https://example.com/t/…');
    // `$&` in a replacement would bring the variable back.
    expect(button && resolvedUrl(all.ORDER_READY, button, '$&')).toBe('https://example.com/t/$&');
  });
});

describe('a template on its way', () => {
  const parameters = parametersOf(all.WITH_DOCUMENT);
  const values = toValues(parameters, { 'header:document': { text: '', file } });
  const job: TemplateJob = {
    type: 'template',
    name: 'n',
    language: 'en_US',
    parameters: values,
    rendered: renderTemplate(all.WITH_DOCUMENT, values),
    item: file,
  };

  it('names the upload once it is through', () => {
    const upload = { uploadId: 'u9', kind: 'document' } as Upload;
    expect(bodyOf(job, upload).template?.parameters).toEqual({
      header: { document: { uploadId: 'u9', fileName: 'menu.pdf' } },
    });
  });

  it('names the uploads of cards, too', () => {
    const own = parametersOf(all.CAROUSEL);
    const parameters = toValues(own, {
      'cards[0].header:image': { text: '', file },
      'cards[1].header:image': { text: '', file: { ...file, key: 'k2' } },
    });
    const { template } = bodyOf({ ...job, parameters, item: null }, null, { k1: 'u1', k2: 'u2' });
    expect(template?.parameters?.cards?.map(({ header }) => header)).toEqual([
      { image: { uploadId: 'u1' } },
      { image: { uploadId: 'u2' } },
    ]);
  });

  it('asks the server to fill in what the sender may not see', () => {
    const { template } = bodyOf(
      { ...job, bound: { entry: { contentType: 'api::o.o', documentId: 'd' } } },
      null,
    );
    expect(template).toMatchObject({ bound: true, entry: { contentType: 'api::o.o', documentId: 'd' } });
  });

  it('is shown at once as it will look, with its file', () => {
    const shown = shownContent(job);
    expect(shown).toMatchObject({
      type: 'template',
      text: 'Look',
      media: { id: 'k1', fileName: 'menu.pdf' },
    });
    expect(shown.content.rendered).toBe(job.rendered);
  });
});

describe('a field that is chosen over a saved one', () => {
  const source = { from: 'contact' as const, path: 'name' };
  const saved = {
    parameter: 'body:1',
    source,
    format: { as: 'number' as const },
    fallback: 'friend',
  };
  it('keeps what stands in, and how it is written where the source is the same', () => {
    expect(overSaved(saved, { parameter: 'body:1', source })).toEqual(saved);
    const other = { parameter: 'body:1', source: { ...source, path: 'email' } };
    expect(overSaved(saved, other)).toEqual({ ...other, fallback: 'friend' });
    expect(overSaved(saved, { ...other, fallback: 'you' })).toEqual({ ...other, fallback: 'you' });
    expect(overSaved(undefined, other)).toEqual(other);
  });
});
