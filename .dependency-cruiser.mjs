// Who may import whom. `pnpm check` refuses everything else; tools/test/import-rules.test.mjs proves that it does.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// packages/server/src from top to bottom: an import points to the same row or below.
const layers = [
  ['index.ts', 'cli.ts', 'cli/', 'testing/'],
  ['create-embedded-signup.ts', 'create-background.ts', 'embedded-signup.ts'],
  ['http/', 'graph/', 'store/', 'worker/', 'system/'],
  [
    'pool/',
    'signup/',
    'registration/',
    'claims/',
    'host-events/',
    'reconcile/',
    'numbers/',
    'webhook/',
    'secrets/',
    'doctor/',
  ],
  ['ports/', 'config/'],
  ['domain/'],
];
// In these rows each folder keeps to itself as well. Features meet through rows of work, adapters through ports.
const strangers = { adapters: layers[2], features: layers[3] };
const pureLibraries = ['libphonenumber-js'];

// packages/simulator/src likewise.
const simulatorLayers = [
  ['index.ts', 'cli.ts', 'cli/'],
  ['start-simulator.ts', 'create-simulator.ts', 'options.ts'],
  ['control/'],
  ['graph/', 'browser/', 'webhooks/', 'saved-state/'],
  ['signup/', 'faults/', 'limits/'],
  ['world/', 'ledger/'],
  ['settings/'],
  ['clock/', 'random/', 'phone/', 'json.ts', 'request-origin.ts'],
];

const server = '^packages/server/src/';
const simulator = '^packages/simulator/src/';
const escape = (text) => text.replaceAll('.', '\\.');
const anyOf = (names) => `(${names.map(escape).join('|')})`;
const inServer = (names) => `${server}${anyOf(names)}`;
const inSimulator = (names) => `${simulator}${anyOf(names)}`;
const library = (name) => `(^|/)node_modules/${name}/`;
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const downwards = (name, rows, inside) =>
  rows
    .slice(1)
    .map((row, index) =>
      error(
        `${name}-downwards-${index + 2}`,
        `${row.join(', ')} must not import from a row above it; pass what it needs as an argument.`,
        { path: inside(row) },
        { path: inside(rows.slice(0, index + 1).flat()) },
      ),
    );

const hasARow = (name, folder, rows, inside) =>
  error(
    `${name}-has-a-row`,
    'Every file belongs to one row of the layers: move it, or add its place to the list in .dependency-cruiser.mjs.',
    { path: '^packages/[^/]+/src/' },
    { path: folder, pathNot: inside(rows.flat()) },
  );

const apart = Object.entries(strangers).map(([kind, row]) =>
  error(
    `server-${kind}-apart`,
    `${kind} do not import each other: share a rule through domain/, a need through ports/.`,
    { path: inServer(row) },
    { path: inServer(row), pathNot: `${server}$1` },
  ),
);

const simulatorRules = [
  ...downwards('simulator', simulatorLayers, inSimulator),
  hasARow('simulator', simulator, simulatorLayers, inSimulator),
];

const serverRules = [
  ...downwards('server', layers, inServer),
  ...apart,
  hasARow('server', server, layers, inServer),
  error(
    'domain-is-pure',
    `domain/ holds rules only: domain/, @embedded-signup-kit/protocol and ${pureLibraries.join(', ')}.`,
    { path: `${server}domain/` },
    { pathNot: [`${server}domain/`, '^packages/protocol/src/', ...pureLibraries.map(library)] },
  ),
];

const packageRules = [
  error(
    'simulator-knows-nothing-of-ours',
    'The simulator is what our code is held to, so it is written from the documentation alone.',
    { path: '^packages/simulator/' },
    { path: '^(packages/(?!simulator/)|examples/|journeys/|tools/)' },
  ),
  error(
    'packages-stand-alone',
    'What is published shares only the protocol: whoever installs one package does not get the others.',
    { path: '^packages/([^/]+)/src/' },
    { path: '^packages/', pathNot: ['^packages/$1/', '^packages/protocol/src/'] },
  ),
  error(
    'widget-without-schemas',
    'The widget is downloaded by every customer: it takes types and words from the protocol, never its schemas or zod.',
    { path: '^packages/widget/src/' },
    { path: ['^packages/protocol/src/schemas/', library('zod')] },
  ),
  error(
    'protocol-words-without-schemas',
    'Only types may come from the schemas here, or every reader of the words would load zod.',
    { path: '^packages/protocol/src/', pathNot: '^packages/protocol/src/schemas/' },
    { path: ['^packages/protocol/src/schemas/', library('zod')], dependencyTypesNot: ['type-only'] },
  ),
  error(
    'protocol-needs-only-zod',
    'Both other packages inline the protocol, so it brings nothing but zod.',
    { path: '^packages/protocol/src/' },
    { pathNot: ['^packages/protocol/src/', library('zod')] },
  ),
  error(
    'packages-by-name',
    'Import another package by its name, which says what it offers, not by a path into it.',
    { path: '^(packages/[^/]+|examples/[^/]+|journeys)/' },
    { path: '^packages/[^/]+/', pathNot: '^$1/', dependencyTypes: ['local'] },
  ),
];

const everywhere = [
  error('no-circles', 'Files that need each other are one idea, or miss a third.', {}, { circular: true }),
  error(
    'resolvable',
    'The import leads nowhere: a typing error, or a missing dependency.',
    {},
    { couldNotResolve: true },
  ),
  error(
    'declared',
    'The package is used here but its package.json does not say so.',
    { path: '^(packages|examples)/[^/]+/src/' },
    // An optional peer is found to be in no package.json, too.
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
  ),
  error(
    'shipped',
    'What is published needs this at run time: move it from devDependencies to dependencies.',
    { path: '^packages/[^/]+/src/' },
    {
      dependencyTypes: ['npm-dev'],
      // Types vanish, and the private protocol is inlined by the build.
      dependencyTypesNot: ['type-only'],
      pathNot: ['^packages/protocol/src/', library('@types/[^/]+'), library('zod')],
    },
  ),
  error(
    'used',
    'Nothing that is published or run leads to this file: use it or remove it.',
    { path: entries() },
    { path: '^packages/[^/]+/src/', pathNot: entries(), reachable: false },
  ),
];

/** Where a package is entered: its exports, programs and build entries, written down once in its package.json. */
function entries() {
  const found = ['^packages/widget/src/cdn'];
  for (const folder of readdirSync('packages', { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const manifest = readFileSync(join('packages', folder.name, 'package.json'), 'utf8');
    const sources = new Set(manifest.match(/src\/[\w./-]+\.ts/g));
    found.push(...[...sources].map((file) => `^packages/${folder.name}/${escape(file)}$`));
  }
  return found;
}

export default {
  forbidden: [...serverRules, ...simulatorRules, ...packageRules, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    // An import of a type is a dependency as well: it decides what can be understood alone.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      conditionNames: ['@embedded-signup-kit/source', 'types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts', '.json'],
    },
  },
};
