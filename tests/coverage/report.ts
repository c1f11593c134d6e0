/** What is covered, found out from the code itself: `npm run coverage:messages` writes it to docs/coverage.md. */
import fs from 'node:fs';
import path from 'node:path';
import { ERROR_TABLE, type ErrorRow } from '../../server/src/cloud-api/error-table';
import { normaliseWebhook } from '../../server/src/cloud-api/normalise';
import { SEND_TYPES } from '../../server/src/messages/send-input';
import { ERRORS } from '../../simulator/src/error-table';
import { SAMPLES } from './samples';

const YES = 'yes';
const NO = '–';
const mark = (holds: boolean): string => (holds ? YES : NO);

/** A Markdown table as prettier lays it out. */
const table = (head: string[], rows: string[][]): string => {
  const widths = head.map((title, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length), title.length));
  const line = (cells: string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

const filesIn = (folder: string): string[] =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(file) : /\.test\.tsx?$/.test(entry.name) ? [file] : [];
  });

interface Sources {
  server: string;
  simulator: string;
  admin: string;
  /** The panel's own code: who draws what. */
  panel: string;
  translations: Record<string, string>[];
}

const readSources = (root: string): Sources => {
  const text = (folder: string): string =>
    filesIn(path.join(root, folder))
      .map((file) => fs.readFileSync(file, 'utf8'))
      .join('\n');
  const sources = (folder: string): string =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => fs.readFileSync(path.join(root, folder, name), 'utf8'))
      .join('\n');
  const translation = (language: string): Record<string, string> =>
    JSON.parse(fs.readFileSync(path.join(root, `admin/src/translations/${language}.json`), 'utf8')) as Record<string, string>;
  return {
    server: text('tests/server'),
    simulator: text('tests/simulator') + text('tests/contract'),
    admin: text('tests/admin') + text('tests/e2e'),
    panel: sources('admin/src/messages'),
    translations: ['en', 'tr'].map(translation),
  };
};

/** As a quoted word, a key or a part of a longer word of code. */
const names = (text: string, word: string): boolean => new RegExp(`\\b${word}\\b`).test(text);

const eventsOf = (payload: unknown): { kind: string; type?: string }[] =>
  normaliseWebhook(payload, Date.parse('2026-11-22T10:00:00Z')) as { kind: string; type?: string }[];

const messageRow = (sources: Sources, { name, payload, sends }: (typeof SAMPLES)[number]): string[] => {
  const [event] = eventsOf(payload);
  const word = name.split(' ').at(-1) as string;
  const drawn = DRAWN_AS[name] ?? event?.type ?? word;
  const stored = event && event.kind !== 'unknown' ? [event.kind, event.type].filter(Boolean).join(' ') : NO;
  const shown = sources.translations.every((words) => Object.keys(words).some((key) => key.endsWith(`type.${drawn}`))) || names(sources.panel, drawn);
  return [
    name,
    stored,
    mark(shown),
    sends ? mark((SEND_TYPES as readonly string[]).includes(sends)) : 'not possible',
    mark(names(sources.server, word)),
    mark(names(sources.simulator, word)),
    mark(names(sources.admin, drawn) || names(sources.admin, word)),
  ];
};

/** What the panel calls it, where it is no type. */
const DRAWN_AS: Record<string, string> = { edit: 'edited', revoke: 'revoked', referral: 'referral', reaction: 'reactions' };

const spanOf = (row: ErrorRow): string =>
  row.codes.map((code) => (typeof code === 'number' ? String(code) : code.join('–'))).join(', ');

const errorRow = (sources: Sources, row: ErrorRow): string[] => {
  const singles = row.codes.map((code) => (typeof code === 'number' ? code : code[0]));
  const worded = sources.translations.every((words) => Object.keys(words).some((key) => new RegExp(`metaError\\.${row.key}(\\.|$)`).test(key)));
  return [
    spanOf(row),
    row.class,
    row.act,
    mark(worded),
    mark(singles.some((code) => code in ERRORS)),
    mark(singles.every((code) => names(sources.server, String(code)))),
  ];
};

/** docs/coverage.md, whole. @param root of the repository */
export const renderCoverage = (root: string): string => {
  const sources = readSources(root);
  const messages = SAMPLES.map((sample) => messageRow(sources, sample));
  const errors = ERROR_TABLE.map((row) => errorRow(sources, row));
  return `# Coverage of Meta's messages and errors

Written by \`npm run coverage:messages\` from the code; a test holds it to be up to date.

## Messages

_Stored_: the event and the type that the normaliser makes of Meta's own JSON. _Shown_: the panel draws it or names it in every
language. _Sent_: our API takes it. _Tested_: tests name it, of the server, of the simulator and the contract with Meta, of the panel.

${table(['what', 'stored', 'shown', 'sent', 'server tests', 'simulator tests', 'panel tests'], messages)}

## Errors

_Does_: what follows from it. _Words_: the panel has a sentence in every language. _Simulated_: \`faults.set('error', { code })\` gives it
under its own title. _Tested_: the class is held by a test.

${table(['codes', 'class', 'does', 'words', 'simulated', 'tested'], errors)}
`;
};
