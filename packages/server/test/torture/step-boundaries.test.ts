import { afterAll, beforeAll, describe, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { throughEveryCall } from './support/through-every-call.ts';
import type { EngineName } from './support/torture-world.ts';
import { allPorts, type Port } from './support/words.ts';

const isLong = process.env['TEST_LONG'] === '1';
/** The clock is asked at every turn, also by what runs beside the claim: those calls are part of the long form. */
const ports: readonly Port[] = isLong ? allPorts : ['meta', 'cipher', 'random'];
const patience = isLong ? 3_600_000 : 400_000;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/host.ts', import.meta.url));
});
afterAll(() => bundled.remove());

describe('a claim whose host dies at a call to the outside', () => {
  it.concurrent.each<{ engine: EngineName }>([{ engine: 'SQLite' }, { engine: 'PostgreSQL' }])(
    'ends registered, or without its code when that was on its way: each call once, before and after, on $engine',
    ({ engine }) =>
      throughEveryCall({ file: bundled.file, engine, ports, act: 'die', sides: ['before', 'after'] }),
    patience,
  );
});
