/** What axe finds serious on a page. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

interface Axe {
  run(on: string): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

/** @param within selector of the part that is ours */
export const seriousOn = async (page: Page, within: string): Promise<string[]> => {
  // Strapi's own hover colour of a primary button is below AA; nothing of ours is looked at under the pointer.
  await page.mouse.move(0, 0);
  // Something that fades in has the contrast of the moment.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (selector) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run(selector);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, within);
};
