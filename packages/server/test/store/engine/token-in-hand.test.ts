import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimAnswer } from '@embedded-signup-kit/protocol';
import { bundleProgram, type BundledProgram } from '../../support/bundle-program.ts';
import { until } from '../../torture/support/until.ts';
import { createCrowd } from '../../upgrade/support/crowd.ts';
import { createNodesWorld, type NodesWorld } from '../../upgrade/support/world.ts';

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('../../upgrade/support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());
let world: NodesWorld;
afterEach(() => world.close());

/** How long the database takes no writes, milliseconds: longer than one write waits, and far shorter than a lease. */
const away = 3_000;

describe('a token that Meta has given', () => {
  it('is kept although the database takes no writes for a while just then', { timeout: 60_000 }, async () => {
    world = await createNodesWorld('SQLite', 3);
    const node = await world.start(bundled.file);
    await node.started;
    const crowd = createCrowd({ sim: world.sim, url: () => node.url });
    world.sim.setFaults([{ match: { path: '/oauth/access_token' }, fault: { kind: 'slow', ms: 400 } }]);
    const taken = await crowd.signUp('ada');
    await until('Meta has the code', () => world.sim.requests({ path: '/oauth/access_token' }).length > 0);
    const other = new Database(world.database.address.slice('sqlite:'.length), { timeout: 1_000 });
    other.exec('begin immediate');
    await new Promise((resolve) => setTimeout(resolve, away));
    other.exec('rollback');
    other.close();

    let status = 'received';
    await until('the claim has come to something', async () => {
      const { text } = await crowd.ask(node.url, `/signup/claims/${taken.id}`, 'ada');
      ({ status } = (JSON.parse(text) as ClaimAnswer).claim); // what the route answers
      return status === 'registered' || status === 'needs_signup';
    });
    expect(status).toBe('registered');
  });
});
