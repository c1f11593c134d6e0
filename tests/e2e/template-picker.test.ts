/** From an open conversation to a template on the customer's phone, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { seriousOn } from '../helpers/axe';
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
const startNew = (page: Page) => page.getByRole('button', { name: 'New conversation' }).click();
const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });
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

  it.each(['light', 'dark'] as const)(
    'is accessible in %s, and so are the pages around it',
    async (theme) => {
      const own = await signIn(browser, playground, { theme, viewport: { width: 1440, height: 900 } });
      const { page } = own;
      await open(page, 'Ana Ruiz');
      await row(page, 'order_ready').waitFor();
      const picker = await seriousOn(page, '[role="dialog"]');
      await row(page, 'appointment_reminder').click();
      await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
      const form = await seriousOn(page, '[role="dialog"]');
      await page.goto('/admin/plugins/whatsapp/inbox/all');
      await startNew(page);
      await dialog(page)
        .getByRole('button', { name: /^Ana Ruiz/ })
        .waitFor();
      const start = await seriousOn(page, '[role="dialog"]');
      await page.goto('/admin/plugins/whatsapp/templates');
      await page.getByRole('link', { name: 'appointment_reminder', exact: true }).waitFor();
      const list = await seriousOn(page, 'main');
      await page.getByRole('link', { name: 'appointment_reminder', exact: true }).click();
      await page.getByRole('button', { name: 'Duplicate' }).waitFor();
      const detail = await seriousOn(page, 'main');
      await page.getByRole('button', { name: 'Duplicate' }).click();
      await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor();
      const builder = await seriousOn(page, 'main');
      await own.context.close();
      const fine = { picker: [], form: [], start: [], list: [], detail: [], builder: [] };
      expect({ picker, form, start, list, detail, builder }).toEqual(fine);
    },
  );

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

/** A first message waits for business hours: they are what the test wants them to be, at any time of the day. */
const openDaily = async (spans: { from: string; to: string }[]): Promise<void> => {
  const [organization] = await api<{ id: string }[]>('GET', '/whatsapp/organizations');
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  await api('PUT', `/whatsapp/organizations/${organization.id}`, {
    businessHours: Object.fromEntries(days.map((day) => [day, spans])),
  });
};

describe('writing first', () => {
  it('finds a person, reads a number, sends a template, and shows the conversation', async () => {
    const { page } = visit;
    await openDaily([{ from: '00:00', to: '24:00' }]);
    await page.goto('/admin/plugins/whatsapp/inbox/all');
    await startNew(page);
    const who = dialog(page).getByRole('textbox', { name: 'Name or phone number' });
    await who.fill('0049 151');
    await dialog(page).getByText('This number is not complete yet.').last().waitFor();
    await who.fill('0034 600 55 99 99');
    await dialog(page)
      .getByRole('button', { name: /^Write to \+34 600 55 99 99.*Spain/ })
      .click();
    await row(page, 'hello_world').click();
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await dialog(page).waitFor({ state: 'detached' });
    const thread = page.getByRole('region', { name: /^Conversation with \+34/ });
    await thread.getByText('Welcome and congratulations!').waitFor();
    await page.getByText('Send a template').first().waitFor();

    await startNew(page);
    await who.fill('deniz');
    await dialog(page)
      .getByRole('button', { name: /^Deniz Kaya/ })
      .click();
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Conversation with Deniz Kaya' }).waitFor();
  });

  it('a slash finds a template; what finds none is sent as it is', async () => {
    const { page } = visit;
    await page.goto(`/admin/plugins/whatsapp/inbox/all/${(await conversationWith('Ana Ruiz')).id}`);
    await composer(page).pressSequentially('/');
    await page.getByRole('option', { name: /^order_ready/ }).waitFor();
    await composer(page).pressSequentially('hello');
    await page.getByRole('option', { name: /^order_ready/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await dialog(page).getByText('This template takes no values.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await composer(page).inputValue()).toBe('/hello');
    await composer(page).fill('');
    await composer(page).pressSequentially('/xyzzy');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page
      .getByRole('region', { name: 'Conversation with Ana Ruiz' })
      .getByText('/xyzzy')
      .first()
      .waitFor();
    expect(visit.errors).toEqual([]);
  });

  it('a person is linked to an entry, and the link leads to it', async () => {
    const { page } = visit;
    await page.goto(`/admin/plugins/whatsapp/inbox/all/${(await conversationWith('Ana Ruiz')).id}`);
    const details = page.getByRole('complementary', { name: 'Contact details' });
    await details.getByRole('button', { name: 'Link an entry' }).click();
    await details.getByRole('combobox', { name: 'Type of entry' }).click();
    await page.getByRole('option', { name: 'Product', exact: true }).click();
    await details.getByRole('textbox', { name: 'Which Product?' }).fill('apple');
    await details.getByRole('button', { name: /^Apple cake/ }).click();
    const link = details.getByRole('link', { name: 'Apple cake' });
    await link.click();
    await page.waitForURL(/content-manager\/collection-types\/api::product\.product\//);
    await page.getByRole('heading', { name: 'Apple cake' }).waitFor();
    await page.goBack();
    await details.getByRole('button', { name: 'Remove the link' }).click();
    await details.getByRole('button', { name: 'Link an entry' }).waitFor();
  });
});
