/** A template from its first word to its blue ticks, in a real browser with the simulator as Meta. */
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signIn, type Visit } from '../helpers/browser';
import { startPlayground, type Playground } from '../helpers/playground';

jest.setTimeout(240_000);

let playground: Playground;
let browser: Browser;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  playground = await startPlayground();
  browser = await openBrowser();
  visit = await signIn(browser, playground, { viewport: { width: 1440, height: 900 } });
  page = visit.page;
});
afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });

const TEXT = 'Hi Ana Ruiz, your Apple cake is ready and waits at Corner 1 for you today.';

describe('a template', () => {
  it('is written with a named variable, and saves itself', async () => {
    await page.goto('/admin/plugins/whatsapp/templates');
    await button('New template').first().click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('Pickup ready');
    await button('Start writing').click();
    await page.getByRole('heading', { level: 1, name: 'pickup_ready' }).waitFor();

    const body = page.getByRole('textbox', { name: /^Text/ });
    await body.fill('Hi ');
    await button('Variable').click();
    const name = page.getByRole('textbox', { name: 'Name of the variable' });
    await name.fill('first_name');
    await name.press('Enter');
    await body.fill('Hi {{first_name}}, your {{product}} is ready and waits at {{place}} for you today.');
    await page.getByText('Give an example for every variable').first().waitFor();
    await page.getByRole('textbox', { name: /^Example for first_name/ }).fill('Ana');
    await page.getByRole('textbox', { name: /^Example for product/ }).fill('cake');
    await page.getByRole('textbox', { name: /^Example for place/ }).fill('Corner 2');
    await page.getByText('Nothing that Meta would refuse.').waitFor();
    await page.getByText('Hi Ana, your cake is ready and waits at Corner 2 for you today.').waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    expect(await page.getByRole('textbox', { name: /^Text/ }).inputValue()).toBe(
      'Hi {{first_name}}, your {{product}} is ready and waits at {{place}} for you today.',
    );
  });

  it('is submitted, and its approval appears without a reload', async () => {
    await button('Submit to Meta').click();
    await page.waitForURL(/templates\/\d+$/);
    await page.getByText('Approved').first().waitFor({ timeout: 20_000 });
  });

  it('takes its values from the contact and from an entry’s fields', async () => {
    await button('Where values come from').click();
    const dialog = page.getByRole('dialog', { name: 'Values of pickup_ready' });
    const bind = async (variable: string, type: string, field: string) => {
      await dialog.getByRole('button', { name: `Use field… for ${variable}` }).click();
      const fields = page.getByRole('region', { name: type, exact: true });
      await fields.getByRole('button', { name: field, exact: true }).click();
    };
    await bind('first_name', 'Contact', 'Profile name');
    await bind('product', 'Product', 'Title');
    await bind('place', 'Product', 'Pickup › Place');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('is listed as approved and found by its text', async () => {
    await page.goto('/admin/plugins/whatsapp/templates?q=waits+at');
    const row = page.getByRole('row').filter({ hasText: 'pickup_ready' });
    await row.getByText('Approved').waitFor();
  });

  it('is sent from the picker with the values of a chosen entry, and delivered', async () => {
    await page.goto('/admin/plugins/whatsapp/inbox/all');
    await page
      .getByRole('link', { name: /^Ana Ruiz/ })
      .first()
      .click();
    await button('Send a template').first().click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: 'Search templates' })
      .or(dialog.getByRole('searchbox'))
      .fill('pickup');
    await dialog
      .getByRole('button', { name: /^pickup_ready/ })
      .first()
      .click();
    await dialog.getByRole('textbox', { name: 'Which Product?' }).fill('apple');
    await dialog.getByRole('button', { name: /^Apple cake/ }).click();
    await dialog.getByText(TEXT).waitFor();
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    const thread = page.getByRole('region', { name: 'Conversation with Ana Ruiz' });
    await thread.getByText(TEXT).last().waitFor();
    await thread
      .getByRole('button', { name: /^(Delivered|Read)/ })
      .last()
      .waitFor({ timeout: 15_000 });
    expect(visit.errors).toEqual([]);
  });
});
