import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

import type { Playground } from './playground';

/** Strapi's guided tour covers the content manager and eats clicks. */
const TOUR_DONE = JSON.stringify({
  tours: Object.fromEntries(
    ['contentTypeBuilder', 'contentManager', 'apiTokens', 'strapiCloud'].map((name) => [
      name,
      { currentStep: 0, isCompleted: false },
    ]),
  ),
  enabled: false,
  hidden: true,
  completedActions: [],
});

/** Starts the Chromium of CHROMIUM_PATH (`npm test` sets it). */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      // A microphone that beeps, and nobody to ask: voice notes can be recorded.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });

export interface VisitOptions {
  theme?: 'light' | 'dark';
  /** Pixels; default 1280 × 800. */
  viewport?: { width: number; height: number };
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Console errors with the address they are about, and uncaught exceptions, so far. */
  errors: string[];
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Strapi lets an address sign in five times in five minutes: the next profiles take over the first one's session. */
const sessions = new Map<string, Session>();

/** A fresh browser profile, signed in, at the admin panel's home page. */
export const signIn = async (
  browser: Browser,
  { url, email, password }: Playground,
  { theme = 'light', viewport = { width: 1280, height: 800 } }: VisitOptions = {},
): Promise<Visit> => {
  const known = sessions.get(url);
  const context = await browser.newContext({
    viewport,
    baseURL: url,
    colorScheme: theme,
    ...(known ? { storageState: known } : {}),
  });
  await context.addInitScript(
    ([tour, chosen]) => {
      localStorage.setItem('STRAPI_GUIDED_TOUR', tour);
      localStorage.setItem('STRAPI_THEME', chosen);
      /** Strapi's announcement pushes the page down; its key ends in the instance's id, of which a playground has none. */
      for (const id of ['undefined', 'false', 'null']) {
        localStorage.setItem(`STRAPI_MEDIA_LIBRARY_BANNER_DISMISSED_FOR_false:${id}`, 'true');
      }
    },
    [TOUR_DONE, theme],
  );
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  if (known) await page.goto('/admin');
  else {
    await page.goto('/admin/auth/login');
    await page.getByLabel('Email').fill(email);
    await page.locator('input[name=password]').fill(password);
    await page.getByRole('button', { name: 'Login' }).click();
  }
  await page.waitForURL(/\/admin\/?$/);
  sessions.set(url, await context.storageState());
  return { context, page, errors };
};
