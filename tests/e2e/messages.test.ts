/** Every kind of message in a real browser: shown rightly, sent by the composer's own means, in every state. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { PhoneMessage, PlayCustomer } from '../../server/src/sandbox/contract';
import { openBrowser, signIn, type Visit } from '../helpers/browser';
import { ROOT } from '../helpers/dist';
import { startPlayground, type Playground } from '../helpers/playground';

jest.setTimeout(300_000);

let playground: Playground;
let browser: Browser;
let visit: Visit;
let page: Page;
let token: string;
let customerId: string;

const PICTURE = join(ROOT, 'playground/favicon.png');

const api = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(`${playground.url}/whatsapp${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as { data: T }).data;
};
const phone = () => api<PhoneMessage[]>('GET', `/simulator/customers/${customerId}/messages`);
const plays = (body: PlayCustomer.Body) =>
  api<{ wamid: string }>('POST', `/simulator/customers/${customerId}/messages`, body);
const fault = (name: string, change: object = {}) =>
  api('PUT', '/simulator/faults', { name, active: true, times: 1, ...change });

/** Asks until there is an answer; what is waited for arrives by webhook, lane and stream. */
const until = async <T>(look: () => Promise<T | undefined>, what: string): Promise<T> => {
  for (let round = 0; round < 150; round += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Never came: ${what}`);
};
const onPhone = (what: string, matches: (message: PhoneMessage) => boolean) =>
  until(async () => (await phone()).find(matches), what);

const thread = (): Locator => page.getByRole('region', { name: /^Conversation with/ });
const lastRow = (text: string | RegExp): Locator =>
  thread().getByRole('article').filter({ hasText: text }).last();
const composer = (): Locator => page.getByRole('textbox', { name: /^Message to/ });

beforeAll(async () => {
  playground = await startPlayground();
  const { email, password } = playground;
  const login = await fetch(`${playground.url}/admin/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  token = ((await login.json()) as { data: { token: string } }).data.token;
  const { customers } = await api<{ customers: { id: string; name: string }[] }>('GET', '/simulator');
  customerId = customers.find(({ name }) => name === 'Ana Ruiz')!.id;
  browser = await openBrowser();
  visit = await signIn(browser, playground, { viewport: { width: 1280, height: 1000 } });
  page = visit.page;
  await visit.context.grantPermissions(['microphone']);
  const list = await api<{ id: string; contact: { profileName: string } }[]>('GET', '/conversations');
  const { id } = list.find(({ contact }) => contact.profileName === 'Ana Ruiz')!;
  await page.goto(`/admin/plugins/whatsapp/inbox/all/${id}`);
  await composer().waitFor();
});
afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const serious = async (): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: tool } = window as unknown as {
      axe: {
        run(on: string): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await tool.run('main');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
};

describe('what a customer sends', () => {
  it('shows in the thread, every kind, with nothing moving when pictures arrive', async () => {
    await page.evaluate(() => {
      const target = window as unknown as { shift: number };
      target.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as {
          value: number;
          hadRecentInput: boolean;
          sources: { node: Node | null }[];
        }[]) {
          // Rows move up when new ones come; a shift inside a bubble is what must not be.
          const inside = entry.sources.some(
            ({ node }) =>
              node instanceof Element &&
              node.closest('article') &&
              node.tagName !== 'ARTICLE' &&
              node.matches('img, video'),
          );
          if (inside && !entry.hadRecentInput) target.shift += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: false });
    });
    const kinds: [PlayCustomer.Body, string][] = [
      [{ type: 'image', caption: 'The corner' }, 'Photo'],
      [{ type: 'video' }, 'Video'],
      [{ type: 'audio', voice: true }, 'Voice message'],
      [{ type: 'document', fileName: 'plan.pdf' }, 'Document'],
      [{ type: 'sticker' }, 'Sticker'],
      [{ type: 'location' }, 'Location'],
      [{ type: 'contacts' }, 'Contact'],
      [{ type: 'order' }, 'Order'],
      [{ type: 'referral' }, 'Text'],
      [{ type: 'unsupported', subtype: 'poll_creation' }, 'Unsupported message'],
      [{ type: 'unknown' }, 'Unsupported message'],
      [{ type: 'text', text: 'passed on', forwarded: true }, 'Text'],
    ];
    for (const [body, kind] of kinds) {
      const before = await thread().getByRole('article').count();
      await plays(body);
      const row = thread().getByRole('article', { name: new RegExp(`, ${kind}, Received$`) });
      await row.last().waitFor({ timeout: 15_000 });
      expect(await thread().getByRole('article').count()).toBeGreaterThanOrEqual(Math.min(before, 3));
    }
    await thread().getByText('Came from an ad').last().waitFor();
    await thread().getByText('Forwarded', { exact: true }).last().waitFor();
    await thread().getByText('plan.pdf').last().waitFor();
    await page.waitForTimeout(1_000);
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBe(0);
    expect(await serious()).toEqual([]);
  });

  it('is looked at in full size with the keyboard, and the focus comes back', async () => {
    await plays({ type: 'image', caption: 'Look closely' });
    const thumbnail = page.getByRole('button', { name: 'View Look closely' }).last();
    await thumbnail.focus();
    await page.keyboard.press('Enter');
    const box = page.getByRole('dialog', { name: 'Photo: Look closely' });
    await box.waitFor();
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: 'Photo: The corner' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await thumbnail.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  it('is marked as edited and as deleted', async () => {
    const { wamid } = await plays({ type: 'text', text: 'I come at nien' });
    await plays({ type: 'edit', messageId: wamid, text: 'I come at nine' });
    await lastRow('I come at nine').getByText('edited').waitFor();
    await plays({ type: 'revoke', messageId: wamid });
    await thread().getByText('This message was deleted').last().waitFor();
    expect(await thread().getByText('I come at nine').count()).toBe(0);
  });
});

describe('what the team sends', () => {
  it('can be a photo with a caption, seen before and after it has left', async () => {
    await page.getByTestId('pictures').setInputFiles(PICTURE);
    await page.getByText('favicon.png').first().waitFor();
    await page.getByRole('textbox', { name: 'Caption for favicon.png' }).fill('Our sign');
    await page.keyboard.press('Enter');
    await lastRow('Our sign').getByRole('button', { name: 'View Our sign' }).waitFor();
    const arrived = await onPhone(
      'the photo',
      ({ direction, text }) => direction === 'in' && text === 'Our sign',
    );
    expect(arrived).toMatchObject({
      type: 'image',
      media: { mimeType: expect.stringMatching(/^image\/(png|jpeg)$/) },
    });
    await lastRow('Our sign')
      .getByRole('button', { name: /^(Delivered|Read)/ })
      .waitFor({ timeout: 15_000 });
  });

  it('is refused before the upload when WhatsApp would never take it', async () => {
    await page
      .getByTestId('files')
      .setInputFiles({ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.from('x') });
    await page.getByText(/IMG_1\.HEIC is a HEIC picture/).waitFor();
    await page.getByRole('region', { name: 'Files to send' }).getByRole('button', { name: 'Close' }).click();
  });

  it('can be a voice note, listened to before it goes', async () => {
    await page.getByRole('button', { name: 'Record a voice message' }).click();
    await page.getByRole('timer').waitFor();
    await page.waitForTimeout(1_500);
    await page.getByRole('button', { name: 'Listen to it' }).click();
    await page.getByRole('button', { name: 'Play: Audio' }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const note = await onPhone(
      'the voice note',
      ({ direction, type }) => direction === 'in' && type === 'audio',
    );
    expect(note.media?.mimeType).toMatch(/^audio\/ogg/);
    await thread()
      .getByRole('article', { name: /, Voice message, (Sent|Delivered|Read)/ })
      .last()
      .waitFor({ timeout: 15_000 });
  });

  it('can be buttons, and the tap on one answers', async () => {
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: 'Buttons, list or link' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Text').fill('Which day?');
    await dialog.getByLabel('Button 1').fill('Thursday');
    await dialog.getByRole('button', { name: 'Add a button' }).click();
    await dialog.getByLabel('Button 2').fill('Friday');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    const asked = await onPhone('the buttons', ({ choices }) => choices.length === 2);
    const [first] = asked.choices;
    await plays({ type: 'button_reply', messageId: asked.wamid, id: first!.id, title: first!.title });
    await lastRow('Button reply').getByText('Thursday').waitFor({ timeout: 15_000 });
  });

  it('can be a place', async () => {
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: 'Location' }).click();
    await page.getByLabel('Coordinates or map address').fill('41.0082, 28.9784');
    await page.getByLabel('Name of the place').fill('The old shop');
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await onPhone('the place', ({ type, text }) => type === 'location' && text.includes('The old shop'));
    await lastRow('The old shop').getByRole('link', { name: 'Open in a map' }).waitFor();
  });

  it('can be a reaction, taken back by pressing it', async () => {
    const { wamid } = await plays({ type: 'text', text: 'Thank you for everything' });
    const row = lastRow('Thank you for everything');
    await row.hover();
    await row.getByRole('button', { name: 'React' }).click();
    await page.getByRole('button', { name: 'React with 🙏' }).click();
    await onPhone(
      'the reaction',
      (message) =>
        message.wamid === wamid &&
        message.reactions.some(({ emoji, from }) => emoji === '🙏' && from === 'business'),
    );
    await row.getByRole('button', { name: 'Take 🙏 back' }).click();
    await onPhone('its end', (message) => message.wamid === wamid && message.reactions.length === 0);
  });

  it('can wait for a time, and be taken back', async () => {
    await composer().fill('See you tomorrow');
    await page.getByRole('button', { name: 'Send later' }).click();
    await page.getByRole('button', { name: 'In an hour' }).click();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    const strip = page.getByRole('region', { name: 'Scheduled messages' });
    await strip.getByRole('button', { name: /^1 scheduled message/ }).click();
    await strip.getByText('See you tomorrow').waitFor();
    await strip.getByRole('button', { name: 'Do not send' }).click();
    await strip.waitFor({ state: 'detached', timeout: 15_000 });
    expect((await phone()).some(({ text }) => text === 'See you tomorrow')).toBe(false);
  });
});

describe('a message of unknown outcome', () => {
  it('is sent again only by somebody who was told what it may mean', async () => {
    await fault('no-status');
    await fault('lost-answer');
    await composer().fill('Did this arrive?');
    await composer().press('Enter');
    const row = lastRow('Did this arrive?');
    await row.getByText('checking').waitFor({ timeout: 30_000 });
    const count = async () => (await phone()).filter(({ text }) => text === 'Did this arrive?').length;
    expect(await count()).toBe(1);
    await row.getByRole('button', { name: 'Send again…' }).click();
    await row.getByText(/could double it/).waitFor();
    expect(await count()).toBe(1);
    await row.getByRole('button', { name: 'Send again', exact: true }).click();
    await until(async () => ((await count()) === 2 ? true : undefined), 'the second one');
  });
});

describe('a failure', () => {
  it('is told in words, with what to do next', async () => {
    await fault('not-on-whatsapp');
    await composer().fill('Nobody there');
    await composer().press('Enter');
    await lastRow('Nobody there')
      .getByText(/could not be delivered to this person/)
      .waitFor({ timeout: 20_000 });
  });

  it('leaves no complaint in the browser: no blocked request, no error', () => {
    expect(visit.errors).toEqual([]);
  });
});
