/** The whole story in a real browser: set up without Meta, a customer writes, it appears live, the answer's ticks turn. */
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signIn, type Visit } from '../helpers/browser';
import { startPlayground, type Playground } from '../helpers/playground';

jest.setTimeout(240_000);

let playground: Playground;
let browser: Browser;
let visit: Visit;
let phone: Page;
let inbox: Page;

beforeAll(async () => {
  playground = await startPlayground({ empty: true });
  browser = await openBrowser();
  visit = await signIn(browser, playground, { viewport: { width: 1440, height: 900 } });
});
afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

const menuBadge = (page: Page, unread: number) =>
  page
    .getByRole('link', { name: unread === 0 ? /^WhatsApp$/ : new RegExp(`^WhatsApp.*, ${unread} unread`) })
    .first();

describe('without a Meta account', () => {
  it('an admin makes a sandbox number in one click', async () => {
    phone = visit.page;
    await phone.goto('/admin/settings/whatsapp/numbers');
    await phone.getByRole('button', { name: 'Try it without a Meta account' }).first().click();
    await phone.waitForURL(/plugins\/whatsapp\/simulator/);
    // The sandbox comes with a first customer, so that there is somebody to play.
    await phone.getByText("Ana Ruiz's phone").first().waitFor();
  });

  it('what the customer writes appears in an open inbox without a reload', async () => {
    inbox = await visit.context.newPage();
    await inbox.goto('/admin/plugins/whatsapp');
    await inbox.getByText('No conversations yet').first().waitFor();

    await phone.getByPlaceholder('Type a message').fill('Is the *desk* in stock? 🙂');
    await phone.getByPlaceholder('Type a message').press('Enter');

    const row = inbox.getByRole('link', { name: /^Ana Ruiz\s?, 1 unread message/ });
    await row.waitFor({ timeout: 10_000 });
    await menuBadge(inbox, 1).waitFor();
  });

  it('the editor answers, the ticks turn and the unread count resets', async () => {
    await inbox.bringToFront();
    await inbox.getByRole('link', { name: /^Ana Ruiz/ }).click();
    await inbox.getByText('in stock?').last().waitFor();
    const composer = inbox.getByRole('textbox', { name: 'Message to Ana Ruiz' });
    await composer.fill('Yes, two are left.');
    await composer.press('Enter');
    expect(await composer.inputValue()).toBe('');
    await inbox.getByText('Yes, two are left.').last().waitFor();
    // The customer's chat is open in the other tab, so the message may be read at once.
    await inbox
      .getByRole('button', { name: /^(Delivered|Read)/ })
      .last()
      .waitFor({ timeout: 10_000 });
    await inbox
      .getByRole('link', { name: /^Ana Ruiz(?!.*unread)/ })
      .first()
      .waitFor();
    await menuBadge(inbox, 0).waitFor();

    await phone.bringToFront();
    await phone.getByText('Yes, two are left.').last().waitFor({ timeout: 10_000 });
    await inbox.bringToFront();
    await inbox.getByRole('button', { name: /^Read/ }).last().waitFor({ timeout: 10_000 });
  });

  it('no message is shown twice and the browser reports no error', async () => {
    const thread = inbox.getByRole('region', { name: 'Conversation with Ana Ruiz' });
    expect(await thread.getByText('Yes, two are left.').count()).toBe(1);
    expect(visit.errors).toEqual([]);
  });
});
