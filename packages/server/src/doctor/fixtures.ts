import type { Exchange } from '../ports/preflight.ts';
import { redact, type RedactDeps } from './redact.ts';

/** A file to write. */
export interface FixtureFile {
  name: string;
  text: string;
}

/** Makes the files of a recording: one for each call, and one that says what they are. */
export function fixtureFiles(exchanges: readonly Exchange[], deps: RedactDeps): FixtureFile[] {
  const files = redact(exchanges, deps).map((fixture, index) => ({
    name: `${String(index + 1).padStart(2, '0')}-${fixture.method.toLowerCase()}-${lastWord(fixture.path)}.json`,
    text: `${JSON.stringify(fixture, undefined, 2)}\n`,
  }));
  return [{ name: 'README.md', text: readme }, ...files];
}

/** Of what is redacted already. */
const lastWord = (path: string): string =>
  path.split('/').findLast((part) => /^[a-z_]+$/.test(part)) ?? 'node';

const readme = `# Answers of Meta, redacted

Made by \`embedded-signup doctor --record\`: each file is one call that only reads, and what Meta answered.

Kept: the method, the path without ids, the status, the headers that say how Meta behaves (\`facebook-api-version\`, \`date\`,
\`content-type\`, \`retry-after\`, usage), the shape of the answer, times, Meta's own words such as \`VERIFIED\` or \`SYSTEM_USER\`,
permissions, names of webhook fields, error codes, and Meta's sentences word by word where the words are known.

Replaced, each time by the same stand-in:

- ids and telephone numbers: other digits, as many, in the same spelling;
- tokens, proofs, trace ids, cursors: \`[secret 1]\`;
- addresses: \`[address 1]\`; e-mail addresses: \`[e-mail 1]\`;
- every other text, names of businesses and people included: \`[text 1]\`.

Left out: all other headers, and answers that are not JSON but for their length.

What is kept is on a list, so nothing is shown because it looked harmless. Look through the files all the same before you give
them to anybody.
`;
