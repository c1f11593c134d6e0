'use strict';

/** Who may know whom (docs/decisions.md, "Rooms"). Each rule says in its comment what it protects. */

const ROOMS =
  'integrations|organizations|contacts|conversations|messages|media|templates|consent|privacy|audit|webhooks-log|search|campaigns|automation|catalog|analytics|notifications';

/** Files that decide without a database, a clock or Strapi: each has a table of cases as its test. */
const PURE = [
  'conversations/service-window',
  'messages/delivery-state',
  'contacts/identity',
  'organizations/business-hours',
  'templates/render',
  'template-use/path',
  'template-use/entry-value',
  'template-use/formats',
  'template-use/plain-text',
  'template-use/resolve',
  'template-use/suggest-language',
  'outbound/gate',
  'inbound/plan',
]
  .map((file) => `^server/src/${file}\\.ts$`)
  .join('|');

/** Development dependencies that the build is meant to copy into dist/admin, because a site need not install them. */
const BUNDLED = 'yup|linkify-it|uc\\.micro|eventsource-client|eventsource-parser|mediabunny|file-type';

const SOURCES = '^(server|admin|simulator)/';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'cloud-api-knows-nobody',
      comment: "Meta's protocol stays usable and testable without Strapi and without our database.",
      severity: 'error',
      from: { path: '^server/src/cloud-api/' },
      to: { path: `${SOURCES}|@strapi/|/knex/`, pathNot: '^server/src/(cloud-api/|constants\\.ts$)' },
    },
    {
      name: 'pure-rules-know-no-edges',
      comment: 'A rule gets its facts as arguments; it never fetches them.',
      severity: 'error',
      from: { path: PURE },
      to: {
        path: 'server/src/storage/|/(repository|service|controller|routes|schema)\\.ts$|@strapi/|/knex/|axios',
      },
    },
    {
      name: 'repositories-stay-in-their-room',
      comment:
        "Tables and columns of a room are known in its own repository only; others ask the room's service.",
      severity: 'error',
      from: { path: '^server/src/([^/]+)/' },
      to: { path: '^server/src/[^/]+/repository\\.ts$', pathNot: '^server/src/$1/' },
    },
    {
      name: 'rooms-do-not-know-inbound',
      comment: 'Inbound calls the rooms; what they want to know of it they learn from its events.',
      severity: 'error',
      from: { path: `^server/src/(${ROOMS})/` },
      to: { path: '^server/src/inbound/' },
    },
    {
      name: 'rooms-send-by-one-verb',
      comment: 'Everything that leaves goes through the gate and the outbox.',
      severity: 'error',
      from: { path: `^server/src/(${ROOMS})/` },
      to: { path: '^server/src/outbound/', pathNot: '^server/src/outbound/(contract|send)\\.ts$' },
    },
    {
      name: 'storage-knows-no-room',
      severity: 'error',
      from: { path: '^server/src/storage/' },
      to: { path: `^server/src/(${ROOMS}|inbound|outbound|realtime|jobs|sandbox)/` },
    },
    {
      name: 'admin-knows-contracts-only',
      comment:
        'The browser bundle must not carry server code, pure rules of templates aside: they are checked and drawn while typing.',
      severity: 'error',
      from: { path: '^admin/' },
      to: {
        path: '^(server|simulator)/',
        pathNot:
          '^server/src/([^/]+/contract|permissions|constants|cloud-api/(events|limits)|templates/(model|variables|parameters|values|render|limits|draft|lint|lint-text|lint-buttons|languages))\\.ts$',
      },
    },
    {
      name: 'server-does-not-know-the-admin',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^admin/' },
    },
    {
      name: 'simulator-stands-alone',
      comment:
        'It plays Meta, so it must not share code with what it is there to check; types of the protocol are fine.',
      severity: 'error',
      from: { path: '^simulator/' },
      to: { path: '^(server|admin)/|@strapi/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'simulator-knows-the-protocol-only',
      severity: 'error',
      from: { path: '^simulator/' },
      to: { path: '^(server|admin)/', pathNot: '^server/src/cloud-api/' },
    },
    {
      name: 'nothing-bundled-by-accident',
      comment:
        'The build copies whatever is no dependency or peer into dist: a second React, errors that are no ours.',
      severity: 'error',
      from: { path: '^(server|admin)/src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer', 'type-only'],
        pathNot: `node_modules/(${BUNDLED})/`,
      },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
