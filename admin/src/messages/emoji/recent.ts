import { readJson, writeJson } from '../../store/local';

const KEY = 'whatsapp:emoji';
const MOST = 16;

/** What was used last in this browser, newest first. */
export const recentEmoji = (): string[] => readJson<string[]>(KEY) ?? [];

export const rememberEmoji = (emoji: string): void =>
  writeJson(KEY, [emoji, ...recentEmoji().filter((one) => one !== emoji)].slice(0, MOST));
