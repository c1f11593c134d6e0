/** The scripts are ES modules that jest's CommonJS cannot import, so they run as they will be run. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** What a line of code prints with the requirements at hand: its value, or its error. */
const said = (code: string): string => {
  const program = `
    import { assertNode, assertWritable, portOf } from './scripts/lib/requirements.mjs';
    try { console.log(String(${code})); } catch (error) { console.log(error.message); }
  `;
  const args = ['--input-type=module', '--eval', program];
  return spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).stdout.trim();
};

it.each([
  ['portOf(undefined)', '1337'],
  ["portOf('')", '1337'],
  ["portOf('8080')", '8080'],
  ["portOf('abc')", 'PORT=abc is no port. Give a number from 1 to 65535, or leave it out for 1337.'],
  ["portOf('0')", 'PORT=0 is no port. Give a number from 1 to 65535, or leave it out for 1337.'],
  ["assertNode('18.20.1')", 'Node 20 or newer is needed; this is 18.20.1. See https://nodejs.org'],
  ["assertNode('20.0.0')", 'undefined'],
  ["assertNode('100.1.0')", 'undefined'],
])('%s says %s', (code, expected) => {
  expect(said(code)).toBe(expected);
});

it('a data folder is made, closed to others, and one that cannot be written is told by name', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-requirements-'));
  try {
    const data = path.join(folder, 'a/b');
    expect(said(`assertWritable(${JSON.stringify(data)})`)).toBe('undefined');
    expect(fs.readdirSync(data)).toEqual([]);
    expect(fs.statSync(data).mode & 0o077).toBe(0);
    const file = path.join(folder, 'file');
    fs.writeFileSync(file, '');
    expect(said(`assertWritable(${JSON.stringify(file)})`)).toMatch(/^Nothing can be written to .*file \(/);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
