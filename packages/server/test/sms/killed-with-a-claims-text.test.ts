import { describe, expect, it } from 'vitest';
import { askForCode } from '../../src/claims/ask-for-code.ts';
import { codeByText } from '../../src/claims/code-by-text.ts';
import { requestClaimCode } from '../../src/claims/request-claim-code.ts';
import type { ClaimCodeDeps } from '../../src/claims/waiting-for-code.ts';
import { minute } from '../../src/domain/durations.ts';
import type { AccountNumber } from '../../src/ports/graph.ts';
import { graphError } from '../../src/ports/graph-errors.ts';
import type { Store } from '../../src/ports/store.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { poolNumber } from '../../src/testing/contract/contract-case.ts';
import { claimNumber } from '../pool/support/claim-number.ts';
import { startTexts, textOf, type TextWorld } from '../pool/support/text-world.ts';
import { engines } from '../support/databases.ts';

class Killed extends Error {}

/** Meta, which takes the newest code it sent, once. */
function startMeta() {
  const sent: string[] = [];
  const state = { code: '731046', verified: false };
  const graph = {
    readNumber: () =>
      Promise.resolve({
        verificationStatus: state.verified ? 'VERIFIED' : 'EXPIRED',
        onBusinessApp: false,
        platformType: 'CLOUD_API',
        status: 'PENDING',
      } as AccountNumber), // what is asked of it
    requestCode: () => {
      state.code = String(Number(state.code) + 1);
      return Promise.resolve();
    },
    submitCode({ code }: { code: string }) {
      sent.push(code);
      if (code !== state.code || state.verified) {
        return Promise.reject(graphError('no', { kind: 'verify_code_failed', action: 'verify', advice: '' }));
      }
      state.verified = true;
      return Promise.resolve();
    },
  };
  return { graph: graph as unknown as ClaimCodeDeps['graph'], sent, state }; // the three that are asked
}

const touched = [
  'findNumberByPhone',
  'listNumberCalls',
  'keepText',
  'listTexts',
  'findClaim',
  'spendText',
  'dropText',
  'endNumberCall',
  'decide',
] as const;

/** A node on the database, which dies at one step of what it does to the world outside, before or after it was done. */
function startNode(
  world: TextWorld,
  meta: ReturnType<typeof startMeta>,
  dies?: { at: number; done: boolean },
) {
  let steps = 0;
  const step =
    <Args extends unknown[], T>(act: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (dies === undefined) return act(...args);
      steps += 1;
      if (steps > dies.at || (steps === dies.at && !dies.done)) throw new Killed();
      const result = await act(...args);
      if (steps === dies.at) throw new Killed();
      return result;
    };
  const acts = touched.map((name) => [
    name,
    step((input: never) => world.store[name](input) as Promise<unknown>),
  ]);
  const store = { ...world.store, ...Object.fromEntries(acts) } as Store; // each with its own type
  const deps: ClaimCodeDeps = {
    store,
    clock: { now: world.now },
    random: systemRandom,
    cipher: world.cipher,
    wake: () => undefined,
    graph: { ...meta.graph, submitCode: step(meta.graph.submitCode) },
  };
  return {
    isDead: () => dies !== undefined && steps >= dies.at,
    receive: (code: string) => world.receive(textOf(code), { store }),
    lane: world.lane({ store, handInForClaim: codeByText(deps) }),
    ask: askForCode(requestClaimCode(deps), 'en_US'),
  };
}

const quietly = (promise: Promise<unknown>) =>
  promise.catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
    return 'killed';
  });

describe.each(engines)('a node that is killed with the text of a claim in hand, on $name', (engine) => {
  it('has the claim go on all the same, and no code is sent twice', async () => {
    let at = 0;
    for (let alive = false; !alive; at += 1) {
      // PostgreSQL is slow to make a database: the short run asks it every other time.
      const both = engine.name === 'SQLite' || process.env['TEST_LONG'] === '1';
      for (const done of both ? [false, true] : [at % 2 === 0]) {
        const world = await startTexts(engine);
        const meta = startMeta();
        const claim = await claimNumber(world);
        await claim.moves('verification_needed');
        await world.store.markNumberGone({ id: poolNumber(1).id, now: world.now() });
        await world.ask();
        const first = startNode(world, meta, { at: at + 1, done });
        const answer = await quietly(first.receive('731046'));
        await quietly(first.lane.runDue());
        alive = !first.isDead();

        const other = startNode(world, meta);
        // The provider heard no answer, so it sends the text once more, and once too often as well.
        if (answer === 'killed') await other.receive('731046');
        await other.lane.runDue();
        await other.receive('731046');
        await other.lane.runDue();
        const where = `killed ${done ? 'after' : 'before'} step ${at + 1}`;
        expect([where, new Set(meta.sent).size, await world.waiting()]).toEqual([where, meta.sent.length, 0]);
        const status = async () => (await world.store.findClaim(claim.id))?.status;
        if ((await status()) === 'needs_verification') {
          // The code died with the node: the kit has another one sent, or finds that it was taken.
          world.pass(15 * minute);
          const asked = await other.ask(claim.id);
          expect([where, asked.what]).toEqual([where, meta.state.verified ? 'moved_on' : 'asked']);
          if (!meta.state.verified) {
            expect([where, await other.receive(meta.state.code)]).toEqual([where, 'taken']);
            await other.lane.runDue();
          }
        }
        expect([where, await status(), meta.sent.length <= 2]).toEqual([where, 'registering', true]);
        await world.close();
      }
    }
    // Three steps to take it, at least six to hand it in.
    expect(at).toBeGreaterThan(9);
  }, 60_000);
});
