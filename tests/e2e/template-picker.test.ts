/** From an open conversation to a template on the customer's phone, in a real browser. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signIn, type Visit } from '../helpers/browser';
import { startPlayground, type Playground } from '../helpers/playground';

jest.setTimeout(300_000);

let playground: Playground;
let browser: Browser;
let visit: Visit;
let token: string;

const api = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(playground.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as { data: T }).data;
};

interface Listed {
  id: string;
  contact: { id: string; profileName: string };
}
const conversationWith = async (name: string): Promise<Listed> => {
  const list = await api<Listed[]>('GET', '/whatsapp/conversations');
  const found = list.find(({ contact }) => contact.profileName === name);
  if (!found) throw new Error(`No conversation with ${name}`);
  return found;
};
const open = async (page: Page, name: string): Promise<void> => {
  await page.goto(`/admin/plugins/whatsapp/inbox/all/${(await conversationWith(name)).id}`);
  await page.getByRole('button', { name: 'Send a template' }).click();
};
const dialog = (page: Page) => page.getByRole('dialog');
const row = (page: Page, name: string) => dialog(page).getByRole('button', { name: new RegExp(`^${name}`) });

beforeAll(async () => {
  playground = await startPlayground();
  const { email, password } = playground;
  const login = await fetch(`${playground.url}/admin/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  token = ((await login.json()) as { data: { token: string } }).data.token;
  await api('POST', '/whatsapp/templates/sync', {});
  browser = await openBrowser();
  visit = await signIn(browser, playground, { viewport: { width: 1440, height: 900 } });
});
afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

describe('a template from the composer', () => {
  it('is picked, filled in, seen as it will look, and sent', async () => {
    const { page } = visit;
    await open(page, 'Ana Ruiz');
    await row(page, 'order_ready').click();
    await dialog(page).getByRole('textbox', { name: 'first_name' }).fill('Ana');
    await dialog(page).getByRole('textbox', { name: 'order_no' }).fill('4711');
    await dialog(page).getByText('Hi Ana, your order 4711 is ready for pickup.').waitFor();
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await dialog(page).waitFor({ state: 'detached' });
    const bubble = page.getByRole('article', { name: /Template/ }).last();
    await bubble.getByText('Hi Ana, your order 4711 is ready for pickup.').waitFor();
    await bubble.getByText('On my way').waitFor();
    expect(
      await page
        .getByRole('textbox', { name: /^Message to/ })
        .evaluate((it) => it === document.activeElement),
    ).toBe(true);
    expect(visit.errors).toEqual([]);
  });

  it('takes two presses once it is known where its values come from', async () => {
    const [template] = (
      await api<{ id: string; name: string; language: string }[]>('GET', '/whatsapp/templates?q=order_ready')
    ).filter(({ language }) => language === 'en_US');
    await api('PUT', `/whatsapp/templates/${template!.id}/bindings`, {
      bindings: [
        { parameter: 'body:first_name', source: { from: 'contact', path: 'profileName' } },
        { parameter: 'body:order_no', source: { from: 'text', text: '99' } },
      ],
    });
    const { page } = visit;
    await open(page, 'Bob Miller');
    await row(page, 'order_ready').click();
    await dialog(page).getByText('Hi Bob Miller, your order 99 is ready for pickup.').waitFor();
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await page
      .getByRole('article', { name: /Template/ })
      .last()
      .getByText('Hi Bob Miller, your order 99 is ready for pickup.')
      .waitFor();
  });

  it('shows what cannot be sent with the reason', async () => {
    const { page } = visit;
    await open(page, 'Ana Ruiz');
    expect(await row(page, 'winter_sale').textContent()).toContain('Meta paused it');
    expect(await row(page, 'winter_sale').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
  });

  it.each(['light', 'dark'] as const)('is accessible in %s', async (theme) => {
    const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    const own = await signIn(browser, playground, { theme, viewport: { width: 1440, height: 900 } });
    const serious = async (): Promise<string[]> => {
      // Strapi's own hover colour of a primary button is below AA; nothing of ours is looked at under the pointer.
      await own.page.mouse.move(0, 0);
      await own.page.waitForTimeout(400);
      await own.page.evaluate(axe);
      return own.page.evaluate(async () => {
        const { axe: tool } = window as unknown as {
          axe: {
            run(
              on: string,
            ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await tool.run('[role="dialog"]');
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
      });
    };
    await open(own.page, 'Ana Ruiz');
    await row(own.page, 'order_ready').waitFor();
    const list = await serious();
    await row(own.page, 'appointment_reminder').click();
    await dialog(own.page).getByRole('button', { name: 'Send', exact: true }).click();
    const form = await serious();
    await own.context.close();
    expect({ list, form }).toEqual({ list: [], form: [] });
  });

  it('fits a phone', async () => {
    const own = await signIn(browser, playground, { viewport: { width: 320, height: 640 } });
    await own.page.goto(`/admin/plugins/whatsapp/inbox/all/${(await conversationWith('Ana Ruiz')).id}`);
    await own.page.getByRole('button', { name: 'Attach' }).click();
    await own.page.getByRole('menuitem', { name: 'Template' }).click();
    await row(own.page, 'order_ready').click();
    const send = dialog(own.page).getByRole('button', { name: 'Send', exact: true });
    await send.waitFor();
    const box = await send.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
    expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(640);
    const across = await own.page.evaluate(() => document.documentElement.scrollWidth);
    expect(across).toBeLessThanOrEqual(320);
    await own.context.close();
  });
});
