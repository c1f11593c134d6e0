/** Settings → WhatsApp in a real browser: connecting a number to its first message, and every page in each theme. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signIn, type Visit } from '../helpers/browser';
import { startPlayground, type Playground } from '../helpers/playground';

jest.setTimeout(300_000);

const SETTINGS = '/admin/settings/whatsapp';
const SECRET = 'app-secret-of-the-test';
const PHONE_ID = '100200300400';

let playground: Playground;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  playground = await startPlayground();
  browser = await openBrowser();
  visit = await signIn(browser, playground, { viewport: { width: 1440, height: 900 } });
});
afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

/** A signed delivery, as Meta posts it when a customer writes. */
const customerWrites = async (webhook: string, text: string): Promise<number> => {
  const at = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '900800700',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '14155550100', phone_number_id: PHONE_ID },
              contacts: [{ profile: { name: 'First Customer' }, wa_id: '34600555999' }],
              messages: [
                {
                  from: '34600555999',
                  id: `wamid.first-${at}`,
                  timestamp: String(at),
                  type: 'text',
                  text: { body: text },
                },
              ],
            },
          },
        ],
      },
    ],
  });
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const answer = await fetch(playground.url + new URL(webhook, playground.url).pathname, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature },
    body,
  });
  return answer.status;
};

describe('connecting a number', () => {
  it('leads from the form over webhook and checks to the first message, ticked live', async () => {
    const { page } = visit;
    await page.goto(`${SETTINGS}/numbers/new`);
    const fill = (label: string | RegExp, value: string) => page.getByLabel(label).first().fill(value);
    await fill(/^Name/, 'Sales');
    await fill(/^Phone number\*?$/, '+1 (415) 555-0100');
    await fill(/^Phone number ID/, PHONE_ID);
    await fill(/^WhatsApp Business Account ID/, '900800700');
    await fill(/^Access token/, 'EAAB-of-the-test');
    await fill(/^App secret/, SECRET);
    await page.getByRole('button', { name: 'Save and continue' }).click();

    await page.getByText('Connect Sales').first().waitFor();
    expect(await page.locator('[aria-current=step]').innerText()).toContain('Webhook');
    const webhook = await page.getByLabel('Callback URL').inputValue();
    expect((await page.getByLabel('Verify token').inputValue()).length).toBeGreaterThan(15);
    // The playground runs on this machine, where Meta cannot come.
    await page.getByText('Meta cannot reach this address').waitFor();

    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Connection' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Waiting for a message…').first().waitFor();

    expect(await customerWrites(webhook, 'Is this the new number?')).toBe(200);
    await page.getByText('It arrived. This number works.').waitFor({ timeout: 15_000 });
    await page.getByRole('link', { name: 'Finish', exact: true }).click();
    await page.getByText('Sales').first().waitFor();
  });

  it('shows no secret again', async () => {
    const { page } = visit;
    await page.goto(`${SETTINGS}/numbers`);
    await page.getByText('Sales').first().click();
    await page.getByLabel(/^Access token/).waitFor();
    expect(await page.getByLabel(/^Access token/).inputValue()).toBe('');
    expect(await page.content()).not.toContain('EAAB-of-the-test');
    expect(await page.content()).not.toContain(SECRET);
  });
});

/** Where the page is there once this text is. */
const PAGES: [path: string, ready: string][] = [
  ['numbers', 'Sandbox'],
  ['numbers/new', 'Behaviour'],
  ['doctor', 'This Strapi'],
  ['organizations', 'Default'],
  ['organizations/new', 'Business hours'],
  ['api-access', 'API access'],
  ['webhook-log', 'Applied'],
  ['audit', 'Audit trail'],
  ['maintenance', 'Encryption'],
];

describe('every page', () => {
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const serious = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { axe: tool } = window as unknown as {
        axe: {
          run(
            on: string,
          ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      };
      const { violations } = await tool.run('main');
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    });
  };

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
  ] as const)('has no serious finding and nothing beside the screen in %s at %i px', async (theme, width) => {
    const own = await signIn(browser, playground, { theme, viewport: { width, height: 844 } });
    const found: Record<string, string[]> = {};
    for (const [path, ready] of PAGES) {
      await own.page.goto(`${SETTINGS}/${path}`);
      await own.page.locator('main').getByText(ready).first().waitFor();
      await own.page.waitForTimeout(300);
      const across = await own.page.evaluate(() => {
        const root = document.scrollingElement as HTMLElement;
        return root.scrollWidth - root.clientWidth;
      });
      found[path] = [...(await serious(own.page)), ...(across > 0 ? [`${across} px too wide`] : [])];
    }
    await own.context.close();
    expect(found).toEqual(Object.fromEntries(PAGES.map(([path]) => [path, []])));
    expect(own.errors).toEqual([]);
  });
});

describe('a second organization', () => {
  it('brings a switcher, and shows nothing of the first', async () => {
    const { page } = visit;
    await page.goto(`${SETTINGS}/organizations/new`);
    await page.getByLabel(/^Name/).first().fill('North');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('north').first().waitFor();

    await page.goto('/admin/plugins/whatsapp');
    await page.getByText('Ana Ruiz').first().waitFor();
    await page.getByRole('combobox', { name: 'Organization' }).click();
    await page.getByRole('option', { name: 'North' }).click();
    await page.getByText('No WhatsApp number is connected yet').waitFor();
    expect(await page.getByText('Ana Ruiz').count()).toBe(0);
    await page.reload();
    await page.getByText('No WhatsApp number is connected yet').waitFor();
    await page.getByRole('combobox', { name: 'Organization' }).click();
    await page.getByRole('option', { name: 'Default' }).click();
    await page.getByText('Ana Ruiz').first().waitFor();
  });
});
