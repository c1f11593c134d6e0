'use strict';

/** `@swc/jest` compiles one file at a time and checks no types; `npm run typecheck` does that. */
const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022',
    },
    module: { type: 'commonjs' },
  },
];

const base = {
  rootDir: __dirname,
  transform: { '^.+\\.(mjs|cjs|[jt]sx?)$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/playground/dist/', '<rootDir>/.tmp/'],
  restoreMocks: true,
};

/** Published as ES modules only; everything else in node_modules runs as it is. */
const esmOnly = ['fractional-indexing', 'react-dnd', 'react-dnd-html5-backend', 'dnd-core', '@react-dnd'];

/** The same for the server: how to tell a file by its bytes. */
const serverEsm = ['file-type', 'strtok3', 'token-types', 'uint8array-extras', '@tokenizer', '@borewit'];
const withServerEsm = `/node_modules/(?!(${serverEsm.join('|')})/)`;
/** Jest resolves for `require`, which these packages do not offer. */
const importOnly = {
  '^file-type$': '<rootDir>/node_modules/file-type/index.js',
};

const projects = [
  {
    displayName: 'unit',
    testEnvironment: 'node',
    transformIgnorePatterns: [withServerEsm],
    moduleNameMapper: importOnly,
    testMatch: [
      '<rootDir>/tests/server/unit/**/*.test.ts',
      '<rootDir>/tests/contract/**/*.test.ts',
      '<rootDir>/tests/tooling/*.test.ts',
    ],
  },
  {
    displayName: 'simulator',
    testEnvironment: 'node',
    testMatch: ['<rootDir>/tests/simulator/**/*.test.ts'],
  },
  {
    displayName: 'integration',
    testEnvironment: 'node',
    testMatch: [
      '<rootDir>/tests/server/integration/**/*.test.ts',
      '<rootDir>/tests/server/faults/**/*.test.ts',
      '<rootDir>/tests/tooling/integration/*.test.ts',
    ],
    globalSetup: '<rootDir>/tests/setup/integration.setup.ts',
    globalTeardown: '<rootDir>/tests/setup/integration.teardown.ts',
    /** Strapi and the plugin's dist are ready JavaScript: compiling them again would cost seconds per file. */
    transformIgnorePatterns: [withServerEsm, '<rootDir>/dist/', '<rootDir>/tests/app/'],
    moduleNameMapper: importOnly,
    modulePathIgnorePatterns: ['<rootDir>/playground/dist/'],
  },
  {
    displayName: 'admin',
    testEnvironment: 'jsdom',
    testMatch: ['<rootDir>/tests/admin/**/*.test.{ts,tsx}'],
    setupFiles: ['<rootDir>/tests/setup/admin.globals.ts'],
    setupFilesAfterEnv: ['<rootDir>/tests/setup/admin.matchers.ts'],
    moduleNameMapper: {
      '\\.(css|svg|png|jpe?g|gif|webp|woff2?)(\\?.*)?$': '<rootDir>/tests/setup/file-stub.cjs',
    },
    transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  },
  {
    displayName: 'e2e',
    testEnvironment: 'node',
    testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  },
];

module.exports = {
  projects: projects.map((project) => ({ ...base, ...project })),
  /** Only here: inside a project jest ignores it. A first Strapi boot on a busy machine takes most of it. */
  testTimeout: 60_000,
  /** In one process the heap grows 60 to 110 MB with each file that boots Strapi. */
  workerIdleMemoryLimit: '1GB',
  maxWorkers: 2,
};
