import fs from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const APPLICATIONS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** @returns {string | null} path of a browser for the e2e tests: CHROMIUM_PATH, or the first one installed */
export const findChromium = () => {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!fs.existsSync(asked)) throw new Error(`CHROMIUM_PATH is ${asked}, and nothing is there.`);
    return asked;
  }
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean)];
  const candidates = [
    ...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))),
    ...APPLICATIONS,
  ];
  return candidates.find((file) => fs.existsSync(file)) ?? null;
};
