import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import { createEmbeddedSignup, type EmbeddedSignup } from '../../src/index.ts';
import { engines } from '../support/databases.ts';
import { createCrowd } from './support/crowd.ts';
import { rowsOf } from './support/database.ts';
import { createNodesWorld, nodeBefore, type NodesWorld } from './support/world.ts';

const timeout = process.env['TEST_LONG'] === '1' ? 1_800_000 : 120_000;
const quiet = () => undefined;

describe.each(engines)(
  'a number that is being put on an account, beside a node of the version before, on one $name database',
  { timeout },
  ({ name }) => {
    let world: NodesWorld;
    let after: EmbeddedSignup | undefined;
    beforeEach(async () => {
      world = await createNodesWorld(name, 6);
    });
    afterEach(async () => {
      await after?.close();
      await world.close();
    });

    it('is offered by it to nobody: not to the customer’s own page, which held it, either', async () => {
      const before = await world.start(nodeBefore);
      await before.started;
      const crowd = createCrowd({ sim: world.sim, url: () => before.url });
      await crowd.signUp('ada');
      await crowd.settled();
      const page = async (customer: string) => {
        const { text } = await crowd.ask(before.url, '/signup/sessions', customer, {});
        return (JSON.parse(text) as SessionAnswer).numbers.map(({ id }) => id); // what the route answers
      };
      const [held = ''] = await page('ada');
      after = await createEmbeddedSignup({
        meta: world.sim.meta,
        database: world.database.address,
        secrets: [world.secret],
        customer: () => undefined,
        deps: { logger: { debug: quiet, info: quiet, warn: quiet, error: quiet } },
      });
      const [account] = await rowsOf<{ id: string }>(
        world.database,
        'select waba_id as id from signup_claims',
      );
      const number = { numberId: held, verifiedName: 'Lucky Shrub' };
      expect((await after.numbers.putOnAccount(account?.id ?? '', 'grace', number)).outcome).toBe('opened');
      const [others, hers] = [await page('bob'), await page('ada')];
      expect([others.length, hers.length]).toEqual([1, 1]);
      expect([...others, ...hers]).not.toContain(held);
    });
  },
);
