/** What the documents promise exists: links, commands, options, permissions and codes. */
import fs from 'node:fs';
import path from 'node:path';
import { rbacActions } from '../../server/src/access/rbac';
import { config } from '../../server/src/config';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const DOCS = [
  'README.md',
  'CONTRIBUTING.md',
  'bench/README.md',
  ...fs
    .readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** As GitHub makes anchors of headings. */
const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

const brokenLinks = (file: string): string[] =>
  [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [target, anchor] = link.split('#');
      const found = target === '' ? file : path.join(path.dirname(file), target);
      if (!fs.existsSync(path.join(ROOT, found))) return true;
      return anchor !== undefined && found.endsWith('.md') && !anchorsOf(found).includes(anchor);
    });

it.each(DOCS)('%s links to what is there', (file) => {
  expect(brokenLinks(file)).toEqual([]);
});

it.each(DOCS)('%s names commands that exist', (file) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  // `npm run build` of the guides is the site's own, and ours too.
  const named = [...read(file).matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

const optionsOf = (value: object, prefix = ''): string[] =>
  Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? optionsOf(inner, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );

it('the README names every option', () => {
  const table = read('README.md').split('## Options')[1];
  expect(optionsOf(config.default).filter((option) => !table.includes(`\`${option}\``))).toEqual([]);
});

it('the README names every variable that the demo reads', () => {
  const script = read('scripts/demo.mjs') + read('scripts/lib/demo-data.mjs');
  const variables = [...script.matchAll(/process\.env\.([A-Z_]+)/g)].map(([, name]) => name);
  expect(variables.length).toBeGreaterThan(4);
  expect(variables.filter((name) => !read('README.md').includes(`\`${name}`))).toEqual([]);
});

it('the guide for administrators names every permission', () => {
  const guide = read('docs/guide-admin.md');
  expect(rbacActions().filter(({ displayName }) => !guide.includes(displayName))).toEqual([]);
});

it('the guide for programs names the codes that programs rely on', () => {
  const guide = read('docs/guide-programs.md');
  const codes =
    'validation_failed invalid_phone_number not_found integration_inactive recipient_not_opted_in recipient_opted_out ' +
    'window_closed template_not_found template_not_approved template_parameters_invalid media_not_supported ' +
    'rate_limit_exceeded outside_business_hours newer_reply_exists provider_error encryption_key_missing ' +
    'organization_required payload_too_large';
  expect(codes.split(' ').filter((code) => !guide.includes(`\`${code}\``))).toEqual([]);
});
