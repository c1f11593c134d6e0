/** What every page of ours has to hold in a real browser: the frame, accessibility, one stream for all tabs, catching up. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, signIn, type Visit } from '../helpers/browser';
import { openLine } from '../helpers/cut-line';
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
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as { data: T }).data;
};

interface Customer {
  id: string;
  name: string;
}
const customer = async (name: string): Promise<Customer> => {
  const { customers } = await api<{ customers: Customer[] }>('GET', '/whatsapp/simulator');
  const found = customers.find((one) => one.name === name);
  if (!found) throw new Error(`No customer ${name}`);
  return found;
};
const says = async (name: string, text: string): Promise<void> => {
  const { id } = await customer(name);
  await api('POST', `/whatsapp/simulator/customers/${id}/messages`, { type: 'text', text });
};
const threadOf = async (name: string): Promise<string> => {
  const list = await api<
    {
      id: string;
      contact: { profileName: string };
    }[]
  >('GET', '/whatsapp/conversations');
  const found = list.find((one) => one.contact.profileName === name);
  if (!found) throw new Error(`No conversation with ${name}`);
  return `/admin/plugins/whatsapp/inbox/all/${found.id}`;
};

beforeAll(async () => {
  playground = await startPlayground();
  const { email, password } = playground;
  const login = await fetch(`${playground.url}/admin/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  token = ((await login.json()) as { data: { token: string } }).data.token;
  browser = await openBrowser();
  visit = await signIn(browser, playground, { viewport: { width: 1440, height: 900 } });
});
afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });

describe('the frame', () => {
  it.each([320, 390, 768, 1080, 1440, 1920])(
    'has no page scrollbar and ends with the composer at %i px',
    async (width) => {
      const { page } = visit;
      await page.setViewportSize({ width, height: 800 });
      await page.goto(await threadOf('Ana Ruiz'));
      await composer(page).waitFor();
      const page_ = await page.evaluate(() => {
        const root = document.scrollingElement as HTMLElement;
        return { across: root.scrollWidth - root.clientWidth, down: root.scrollHeight - root.clientHeight };
      });
      expect(page_).toEqual({ across: 0, down: 0 });
      const main = await page.locator('main').boundingBox();
      expect(Math.abs((main?.y ?? 0) + (main?.height ?? 0) - 800)).toBeLessThanOrEqual(1);
      const box = await composer(page).boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(800 - 48);
    },
  );
});

describe('accessibility', () => {
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

  it.each(['light', 'dark'] as const)('has no serious finding in %s', async (theme) => {
    const own = await signIn(browser, playground, { theme, viewport: { width: 1440, height: 900 } });
    const found: Record<string, string[]> = {};
    const look = async (name: string, path: string, ready: string): Promise<void> => {
      await own.page.goto(path);
      await own.page.getByText(ready).first().waitFor();
      await own.page.waitForTimeout(400);
      found[name] = await serious(own.page);
    };
    await look('thread', await threadOf('Ana Ruiz'), 'before noon?');
    await look(
      'simulator',
      `/admin/plugins/whatsapp/simulator/${(await customer('Ana Ruiz')).id}`,
      'before noon?',
    );
    await look('numbers', '/admin/settings/whatsapp/numbers', 'Sandbox');
    await own.context.close();
    expect(found).toEqual({ thread: [], simulator: [], numbers: [] });
    expect(own.errors).toEqual([]);
  });
});

describe('the live stream', () => {
  /** Streams that are open now, over all tabs. */
  const watchStreams = (context: BrowserContext) => {
    const open = new Set<unknown>();
    const watch = (page: Page): void => {
      page.on('request', (request) => request.url().includes('/whatsapp/stream') && open.add(request));
      page.on('requestfinished', (request) => open.delete(request));
      page.on('requestfailed', (request) => open.delete(request));
      page.on('close', () => {
        for (const request of open) {
          if ((request as { frame(): { page(): Page } }).frame().page() === page) open.delete(request);
        }
      });
    };
    context.on('page', watch);
    return open;
  };

  it('is one for eight tabs, and another tab takes over when its owner closes', async () => {
    const own = await signIn(browser, playground);
    const open = watchStreams(own.context);
    const tabs: Page[] = [];
    for (let index = 0; index < 8; index += 1) {
      const tab = await own.context.newPage();
      await tab.goto('/admin/plugins/whatsapp');
      tabs.push(tab);
    }
    // The page of the sign-in is the first owner; with it gone one of the eight has to lead.
    await own.page.close();
    await tabs[7].getByText('Ana Ruiz').first().waitFor();
    await tabs[7].waitForTimeout(3_000);
    expect(open.size).toBe(1);
    await says('Ana Ruiz', 'Are you still there?');
    for (const tab of tabs) await tab.getByText('Are you still there?').first().waitFor({ timeout: 5_000 });
    await own.context.close();
  });

  it('catches up after a cut without a reload and loses nothing', async () => {
    const line = await openLine(playground.url);
    const own = await signIn(browser, { ...playground, url: line.url });
    await own.page.goto(await threadOf('Ana Ruiz'));
    await composer(own.page).waitFor();
    line.cut();
    for (const text of ['one', 'two', 'three']) await says('Ana Ruiz', `While you were away: ${text}`);
    await own.page.getByText('Reconnecting…').first().waitFor({ timeout: 20_000 });
    line.mend();
    const thread = own.page.getByRole('region', { name: 'Conversation with Ana Ruiz' });
    for (const text of ['one', 'two', 'three']) {
      await thread.getByText(`While you were away: ${text}`).first().waitFor({ timeout: 30_000 });
      expect(await thread.getByText(`While you were away: ${text}`).count()).toBe(1);
    }
    await own.page.getByText('Reconnecting…').first().waitFor({ state: 'hidden', timeout: 30_000 });
    await own.context.close();
    await line.close();
  });
});

describe('sending', () => {
  it('keeps ten fast messages in order, each once, and the composer empty and focused', async () => {
    const own = await signIn(browser, playground);
    await own.page.goto(await threadOf('Bob Miller'));
    await composer(own.page).waitFor();
    for (let index = 0; index < 10; index += 1) {
      await composer(own.page).fill(`Fast ${index}`);
      await composer(own.page).press('Enter');
      expect(await composer(own.page).inputValue()).toBe('');
    }
    expect(await composer(own.page).evaluate((node) => node === document.activeElement)).toBe(true);
    const { id } = await customer('Bob Miller');
    const arrived = async (): Promise<string[]> => {
      const phone = await api<{ text: string }[]>('GET', `/whatsapp/simulator/customers/${id}/messages`);
      return phone.map(({ text }) => text).filter((text) => text.startsWith('Fast '));
    };
    for (let round = 0; round < 200 && (await arrived()).length < 10; round += 1) {
      await own.page.waitForTimeout(100);
    }
    expect(await arrived()).toEqual(Array.from({ length: 10 }, (_, index) => `Fast ${index}`));
    await own.context.close();
  });
});
