import { afterAll, beforeAll, describe, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { throughEveryCall } from './support/through-every-call.ts';
import type { EngineName } from './support/torture-world.ts';
import type { Port } from './support/words.ts';

const isLong = process.env['TEST_LONG'] === '1';
const ports: readonly Port[] = isLong ? ['meta', 'cipher', 'random'] : ['meta'];
const patience = isLong ? 3_600_000 : 400_000;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/host.ts', import.meta.url));
});
afterAll(() => bundled.remove());

describe('a host that stands still for longer than its lease', () => {
  it.concurrent.each<{ engine: EngineName }>([{ engine: 'SQLite' }, { engine: 'PostgreSQL' }])(
    'changes nothing of the claim that another one took meanwhile, at whichever call it stood, on $engine',
    ({ engine }) => throughEveryCall({ file: bundled.file, engine, ports, act: 'sleep', sides: ['before'] }),
    patience,
  );
});
