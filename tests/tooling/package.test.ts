import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const playground = JSON.parse(read('playground/package.json'));

describe('what is published', () => {
  it('lets no exports entry with conditions point at a file in the root, which the build would empty', () => {
    const targets = Object.values(manifest.exports as Record<string, unknown>)
      .filter((entry): entry is Record<string, string> => typeof entry === 'object')
      .flatMap((entry) => ['import', 'require'].map((condition) => entry[condition]));
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) expect(target).toMatch(/^\.\/dist\/(server|admin)\//);
  });

  it('sets no main, because Strapi would look for package.json beside it', () => {
    expect(manifest).not.toHaveProperty('main');
  });

  it('leaves to Strapi what must exist only once', () => {
    for (const name of ['@strapi/strapi', '@strapi/utils', 'react', 'react-dom', 'styled-components']) {
      expect(Object.keys(manifest.peerDependencies)).toContain(name);
      expect(Object.keys(manifest.dependencies)).not.toContain(name);
    }
  });
});

describe('what is installed', () => {
  const local = (version: string): boolean => version.startsWith('file:');

  it.each([
    ['package.json', manifest],
    ['playground/package.json', playground],
  ])('pins every dependency of %s to one version', (_file, { dependencies, devDependencies = {} }) => {
    const versions = Object.entries({ ...dependencies, ...devDependencies }) as [string, string][];
    const loose = versions.filter(([, version]) => !local(version) && !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it('has one version of everything of Strapi that moves together', () => {
    const core = ['strapi', 'utils', 'types', 'database', 'typescript-utils'].map(
      (name) => manifest.devDependencies[`@strapi/${name}`],
    );
    expect(new Set([...core, playground.dependencies['@strapi/strapi']]).size).toBe(1);
  });

  it('keeps download addresses out of the lock file', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { resolved?: string }>;
    };
    const addresses = Object.values(packages)
      .map(({ resolved }) => resolved ?? '')
      .filter((resolved) => resolved.includes('://'));
    expect(addresses).toEqual([]);
  });
});
