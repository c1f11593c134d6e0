import { toCard } from '../../admin/src/messages/builder/ContactDialog';
import {
  bodyMax,
  doubles,
  EMPTY_FORM,
  isComplete,
  toInteractive,
  type InteractiveForm,
} from '../../admin/src/messages/builder/interactive-form';
import { readPlace } from '../../admin/src/messages/builder/place';
import { fromLocalInput, presets, toLocalInput, whenProblem } from '../../admin/src/messages/composer/when';
import { readInteractive } from '../../admin/src/messages/bubble/interactive';
import { isLong } from '../../admin/src/messages/bubble/TextBody';
import { peaksOf } from '../../admin/src/messages/bubble/media/peaks';
import { FITTED, pan, zoom } from '../../admin/src/messages/lightbox/view';

jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: jest.fn() }));

const form = (change: Partial<InteractiveForm>): InteractiveForm => ({
  ...EMPTY_FORM,
  body: 'Which day?',
  ...change,
});

describe('the builder of buttons, lists and links', () => {
  it.each<[string, Partial<InteractiveForm>, boolean]>([
    ['one button', { buttons: ['Yes'] }, true],
    ['a button without a text', { buttons: ['Yes', ''] }, false],
    ['a button of 21 characters', { buttons: ['x'.repeat(21)] }, false],
    ['two buttons of one text', { buttons: ['Yes', ' Yes '] }, false],
    ['no text', { body: ' ', buttons: ['Yes'] }, false],
    ['a text over the limit of buttons', { body: 'x'.repeat(1025), buttons: ['Yes'] }, false],
    [
      'the same text in a list',
      { kind: 'list', body: 'x'.repeat(1025), listButton: 'Open', rows: [{ title: 'A', description: '' }] },
      true,
    ],
    ['a list without a button', { kind: 'list', rows: [{ title: 'A', description: '' }] }, false],
    [
      'a row description of 73 characters',
      { kind: 'list', listButton: 'Open', rows: [{ title: 'A', description: 'x'.repeat(73) }] },
      false,
    ],
    ['a link', { kind: 'cta_url', linkText: 'Open', url: 'https://example.com' }, true],
    ['a link to a script', { kind: 'cta_url', linkText: 'Open', url: 'javascript:alert(1)' }, false],
    ['a heading of 61 characters', { header: 'x'.repeat(61), buttons: ['Yes'] }, false],
    [
      'a heading left over where none is sent',
      { kind: 'location_request_message', header: 'x'.repeat(61) },
      true,
    ],
  ])('%s: %#', (_name, change, complete) => {
    expect(isComplete(form(change))).toBe(complete);
  });

  it('builds what Meta takes', () => {
    expect(toInteractive(form({ header: 'Visit', footer: 'Thanks', buttons: ['Mon ', 'Tue'] }))).toEqual({
      type: 'button',
      header: { type: 'text', text: 'Visit' },
      body: { text: 'Which day?' },
      footer: { text: 'Thanks' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'button_1', title: 'Mon' } },
          { type: 'reply', reply: { id: 'button_2', title: 'Tue' } },
        ],
      },
    });
    const list = form({
      kind: 'list',
      listButton: 'Days',
      rows: [
        { title: 'Mon', description: 'early' },
        { title: 'Tue', description: '' },
      ],
    });
    expect(toInteractive(list)).toMatchObject({
      action: {
        button: 'Days',
        sections: [
          {
            rows: [
              { id: 'row_1', title: 'Mon', description: 'early' },
              { id: 'row_2', title: 'Tue' },
            ],
          },
        ],
      },
    });
    expect(toInteractive(form({ kind: 'location_request_message' }))).toEqual({
      type: 'location_request_message',
      body: { text: 'Which day?' },
      action: { name: 'send_location' },
    });
  });

  it('knows its limits by kind and sees doubles', () => {
    expect([bodyMax('button'), bodyMax('list')]).toEqual([1024, 4096]);
    expect([...doubles(['a', 'b', 'a ', ''])]).toEqual(['a']);
  });
});

describe('an interactive message in a bubble', () => {
  it('is read the same from what we send and from what came back', () => {
    const sent = toInteractive(form({ buttons: ['Mon', 'Tue'] }));
    expect(readInteractive({ kind: 'button', interactive: sent })).toMatchObject({
      kind: 'button',
      answer: false,
      body: 'Which day?',
      buttons: ['Mon', 'Tue'],
    });
    expect(readInteractive({ kind: 'list_reply', title: 'Mon', description: 'early' })).toMatchObject({
      answer: true,
      description: 'early',
    });
  });

  it('shows the answers of a form without its technical keys', () => {
    const content = {
      kind: 'nfm_reply',
      response: { flow_token: 't', visit_day: 'Mon', guests: [1, 2], values: { city: 'Pune' } },
    };
    expect(readInteractive(content).fields).toEqual([
      { label: 'visit day', value: 'Mon' },
      { label: 'guests', value: '1, 2' },
      { label: 'city', value: 'Pune' },
    ]);
    expect(readInteractive({ kind: 'nfm_reply', responseText: 'no json' }).fields).toEqual([
      { label: '', value: 'no json' },
    ]);
  });

  it('links to the web only', () => {
    const link = (url: string) =>
      readInteractive({
        interactive: {
          type: 'cta_url',
          action: { name: 'cta_url', parameters: { display_text: 'Open', url } },
        },
      });
    expect(link('https://example.com').url).toBe('https://example.com');
    expect(link('javascript:alert(1)').url).toBe('');
  });

  it('survives anything', () => {
    for (const content of [
      {},
      { interactive: 'x' },
      { interactive: { action: [] } },
      { kind: 7 },
      { response: 'x', kind: 'nfm_reply' },
    ]) {
      expect(() => readInteractive(content as Record<string, unknown>)).not.toThrow();
    }
  });
});

describe('a place', () => {
  it.each([
    ['41.0082, 28.9784', 41.0082, 28.9784],
    [' -33.86;151.2 ', -33.86, 151.2],
    ['https://www.google.com/maps/@41.0082,28.9784,15z', 41.0082, 28.9784],
    ['https://maps.google.com/?q=41.0082,28.9784', 41.0082, 28.9784],
    ['https://www.openstreetmap.org/?mlat=41.0082&mlon=28.9784#map=16/1/2', 41.0082, 28.9784],
    ['https://www.openstreetmap.org/#map=16/41.0082/28.9784', 41.0082, 28.9784],
  ])('is read from %s', (text, latitude, longitude) => {
    expect(readPlace(text)).toEqual({ latitude, longitude });
  });

  it.each(['', 'here', '91, 0', '0, 181', 'https://example.com'])('is not read from %p', (text) => {
    expect(readPlace(text)).toBeNull();
  });
});

describe('a contact card', () => {
  it('has the whole name and its parts, and nothing empty', () => {
    expect(toCard({ first: ' Ana ', last: 'Ruiz', phone: '+34600555101', email: '', company: '' })).toEqual({
      name: { formatted_name: 'Ana Ruiz', first_name: 'Ana', last_name: 'Ruiz' },
      phones: [{ phone: '+34600555101', type: 'CELL' }],
    });
  });
});

describe('a time to send', () => {
  const now = new Date(2026, 10, 22, 10, 0).getTime();
  const hours = (count: number) => now + count * 3_600_000;

  it('goes into the field and comes out of it as the viewer’s own clock', () => {
    expect(toLocalInput(now)).toBe('2026-11-22T10:00');
    expect(fromLocalInput('2026-11-22T10:00')).toBe(now);
    expect(fromLocalInput('')).toBeNull();
  });

  it('lies ahead, and before the window closes', () => {
    expect(whenProblem(null, now, null)).toBe('missing');
    expect(whenProblem(now, now, null)).toBe('past');
    expect(whenProblem(hours(5), now, hours(4))).toBe('afterWindow');
    expect(whenProblem(hours(3), now, hours(4))).toBeNull();
    expect(whenProblem(hours(500), now, null)).toBeNull();
  });

  it('is offered only where it can be kept', () => {
    expect(presets(now, hours(2)).map(({ id }) => id)).toEqual(['hour']);
    expect(presets(now, hours(24)).map(({ id }) => id)).toEqual(['hour', 'evening', 'tomorrow']);
    expect(presets(now, hours(0.5))).toEqual([]);
  });
});

describe('a photo at full size', () => {
  it('zooms to five times and back to fitted', () => {
    expect(zoom(zoom(FITTED, 2), 100).scale).toBe(5);
    expect(zoom(pan(zoom(FITTED, 2), 30, 40), 0.1)).toEqual(FITTED);
  });

  it('moves only while it is larger than the window', () => {
    expect(pan(FITTED, 10, 10)).toEqual(FITTED);
    expect(pan({ scale: 2, x: 0, y: 0 }, 10, -5)).toEqual({ scale: 2, x: 10, y: -5 });
  });
});

describe('small rules', () => {
  it('cut long texts by lines, counted as they wrap', () => {
    expect(isLong('short')).toBe(false);
    expect(isLong('line\n'.repeat(20))).toBe(true);
    expect(isLong('x'.repeat(2000))).toBe(true);
    expect(isLong('x'.repeat(500))).toBe(false);
  });

  it('draw a voice note by its loudest moments', () => {
    const samples = new Float32Array([0, 0.1, -0.5, 0.2, 0, 0]);
    expect(peaksOf(samples, 3).map((peak) => Math.round(peak * 10) / 10)).toEqual([0.2, 1, 0]);
    expect(peaksOf(new Float32Array(0), 3)).toEqual([0, 0, 0]);
  });
});
