import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, inject, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { ask, newNodesLedger, openOnSome, type NodesLedger } from './support/customers-of-nodes.ts';
import { pause } from './support/faults.ts';
import { createNodesWorld, type NodesWorld } from './support/nodes-world.ts';

const minute = 60_000;
/** Where the nodes stand in the list. */
const right = 0;
const ahead = 1;
const behind = 2;

/** Nodes look at holds once a second: several times, milliseconds. */
const severalRounds = 3_500;

let bundled: BundledProgram;
let world: NodesWorld;
let ledger: NodesLedger;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());
beforeEach(async () => {
  ledger = newNodesLedger();
  world = await createNodesWorld({
    file: bundled.file,
    nodes: [{}, { clockAheadMs: 10 * minute }, { clockAheadMs: -10 * minute }],
    server: inject('postgresUrl'),
    simulator: { numbers: 20 },
  });
});
afterEach(() => world.close());

/** Who holds a number, if anybody. */
async function holder(numberId: string): Promise<string | null | undefined> {
  const [row] = await world.disk.query<{ held_by: string | null }>(
    'select held_by from signup_numbers where id = $1',
    [numberId],
  );
  return row?.held_by;
}

describe('among nodes that are 10 minutes ahead, 10 minutes behind, and right', () => {
  it('a session that one of them signed is taken, and renewed, by each of the others', async () => {
    for (const signing of [right, ahead, behind]) {
      const customerId = `customer-${signing}`;
      const { session, numbers } = await openOnSome(world, ledger, { only: signing }, customerId);
      for (const n of [right, ahead, behind]) {
        const { url } = world.node(n);
        const body = { event: 'ERROR', data: { error_message: 'Of a test.' } };
        const heard = await ask(url, '/signup/session-events', { customerId, session, body });
        expect([signing, n, heard.status]).toEqual([signing, n, 204]);
      }
      for (const n of [right, ahead, behind]) {
        const { url } = world.node(n);
        const renewed = await ask(url, '/signup/sessions', { customerId, session, body: {} });
        expect(renewed.status).toBe(201);
        expect((JSON.parse(renewed.text) as { numbers: unknown }).numbers).toEqual(numbers);
      }
    }
  }, 60_000);

  it.each([
    ['right', right],
    ['10 minutes behind', behind],
  ])(
    'the number of a customer who cancelled at the one that is %s is held for a moment more',
    async (_which, n) => {
      const customerId = 'ada';
      const { session, numbers } = await openOnSome(world, ledger, { only: n }, customerId);
      const body = { event: 'CANCEL', data: { current_step: 'PHONE_NUMBER_SETUP' } };
      const heard = await ask(world.node(n).url, '/signup/session-events', { customerId, session, body });
      expect(heard.status).toBe(204);
      await pause(severalRounds);
      // The popup is still open, and the customer may go through with it.
      expect(await holder(numbers[0]?.id ?? '')).toBe(customerId);
    },
    60_000,
  );

  it('a number is not given to somebody else five minutes before its hold is over', async () => {
    const { numbers } = await openOnSome(world, ledger, { only: right }, 'ada');
    // 55 minutes pass for the hold, in which nothing happens.
    await world.disk.query('update signup_numbers set held_until = $1 where held_by is not null', [
      Date.now() + 5 * minute,
    ]);
    await pause(severalRounds);
    expect(await holder(numbers[0]?.id ?? '')).toBe('ada');
  }, 60_000);
});
