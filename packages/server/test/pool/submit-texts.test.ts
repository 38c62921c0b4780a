import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveKeys } from '../../src/config/derive-keys.ts';
import { Secret } from '../../src/config/secret.ts';
import { minute, second } from '../../src/domain/durations.ts';
import { codeMarks } from '../../src/pool/code-marks.ts';
import type { SubmitTextsDeps } from '../../src/pool/submit-texts.ts';
import { rotateSecrets } from '../../src/secrets/rotate-secrets.ts';
import { createJoseCipher } from '../../src/system/jose-cipher.ts';
import { poolNumber } from '../../src/testing/contract/contract-case.ts';
import { engines } from '../support/databases.ts';
import { claimNumber } from './support/claim-number.ts';
import {
  handInByHand,
  phone,
  secret,
  startTexts,
  textOf,
  unverified,
  type TextWorld,
} from './support/text-world.ts';

let world: TextWorld;
afterEach(() => world.close());

const code = '731046';
const fresh = 'CANARY-fresh-secret-0123456789-0123456789';

describe.each(engines)('the codes that came by text, on $name', (engine) => {
  beforeEach(async () => {
    world = await startTexts(engine, 2);
  });

  it('are handed in once each, however many wait, with a call in the ledger that is ended', async () => {
    const codes: string[] = [];
    for (let n = 1; n <= 70; n += 1) {
      await world.store.keepNumber({ number: poolNumber(n, unverified), now: world.now() });
      await world.ask({ n });
      codes.push(String(100_000 + n));
      await world.receive(textOf(String(100_000 + n)), { to: phone(n) });
    }
    await world.lane().runDue();
    await world.lane().runDue();
    expect(world.atMeta.toSorted()).toEqual(codes);
    expect(await world.waiting()).toBe(0);
    const [call] = await world.store.listNumberCalls({ phoneNumber: phone(70), limit: 1 });
    expect(call).toMatchObject({ kind: 'verify_code', who: 'kit', outcome: 'done' });
  });

  it('are erased before they are sent, with the call on disk', async () => {
    await world.ask();
    await world.receive(textOf(code));
    const seen: unknown[] = [];
    await world
      .lane({
        async submitSpent({ callId }) {
          const [call] = await world.store.listNumberCalls({ phoneNumber: phone(), limit: 1 });
          seen.push(call?.id === callId, call?.outcome, await world.waiting());
        },
      })
      .runDue();
    expect(seen).toEqual([true, undefined, 0]);
  });

  it('that Meta refuses are gone, said in the log without the code, and hold up no other', async () => {
    world.meta.says = (one) => (one === code ? 'refused' : 'done');
    await world.ask();
    await world.ask({ n: 2 });
    await world.receive(textOf(code));
    await world.receive(textOf('222333'), { to: phone(2) });
    await world.lane().runDue();
    expect(world.atMeta.toSorted()).toEqual(['222333', code]);
    expect(world.log.filter((line) => line.includes('without success'))).toHaveLength(1);
    expect(world.log.join('\n')).not.toContain(code);
    expect(await world.waiting()).toBe(0);
  });

  it('are dropped after 10 minutes, because codes live no longer', async () => {
    await world.ask();
    await world.ask({ n: 2 });
    await world.receive(textOf(code));
    world.pass(second);
    await world.receive(textOf('222333'), { to: phone(2) });
    world.pass(10 * minute - second);
    await world.lane().runDue();
    expect([world.atMeta, await world.waiting()]).toEqual([['222333'], 0]);
    expect(world.log.join()).toContain('too_old');
  });

  it('outlive the secret that they were sealed with, once they are sealed anew, and are known again', async () => {
    world.meta.says = () => 'refused';
    await world.ask();
    await world.receive(textOf(code));
    const keys = (purpose: 'data' | 'marks', ...all: string[]) =>
      deriveKeys(
        all.map((one) => new Secret(one)),
        purpose,
      );
    const both = await createJoseCipher(keys('data', fresh, secret));
    const rotate = rotateSecrets({ store: world.store, cipher: both, sleep: () => Promise.resolve() });
    expect(await rotate()).toMatchObject({ sealed: 1, unreadable: [], complete: true });
    // A node in the middle of a rotation marks with the old one; one that is done with it has only the new one.
    const cipher = await createJoseCipher(keys('data', fresh));
    await world.lane({ cipher, marks: codeMarks(keys('marks', secret, fresh)) }).runDue();
    expect(world.atMeta).toEqual([code]);
    for (const order of [
      [fresh, secret],
      [secret, fresh],
    ]) {
      expect(await world.receive(textOf(code), { marks: codeMarks(keys('marks', ...order)) })).toBe(
        'not_expected',
      );
    }
  });

  it('are dropped with a warning when nothing opens them', async () => {
    await world.ask();
    await world.receive(textOf(code));
    await world.lane({ cipher: { open: () => Promise.reject(new Error('no key')) } }).runDue();
    expect([world.atMeta, await world.waiting()]).toEqual([[], 0]);
    expect(world.log.join()).toContain('cannot be opened');
  });

  it('are dropped when the number has left the pool', async () => {
    await world.ask();
    await world.receive(textOf(code));
    await world.store.markNumberGone({ id: poolNumber(1).id, now: world.now() });
    await world.lane().runDue();
    expect([world.atMeta, await world.waiting()]).toEqual([[], 0]);
  });

  it('go to the claim that has the number, once, with a call in the ledger', async () => {
    await world.ask();
    await (await claimNumber(world)).moves('verification_needed');
    await world.receive(textOf(code));
    await world.store.markNumberGone({ id: poolNumber(2).id, now: world.now() });
    const seen: unknown[] = [];
    const lane = world.lane({
      handInForClaim: (claimId) =>
        Promise.resolve(async (spent) => {
          seen.push(claimId, spent.code, await world.waiting());
          await world.store.endNumberCall({ callId: spent.callId, outcome: 'done' });
        }),
    });
    await lane.runDue();
    await lane.runDue();
    expect([seen, world.atMeta]).toEqual([['claim-of-ada', code, 0], []]);
    const [call] = await world.store.listNumberCalls({ phoneNumber: phone(), limit: 1 });
    expect(call).toMatchObject({ kind: 'verify_code', who: 'kit', outcome: 'done' });
  });

  it.each([
    ['waits for none', () => Promise.resolve(undefined), 'claim_needs_none'],
    ['cannot be opened', () => Promise.reject(new Error('no key')), 'cannot be handed in for its claim'],
  ])('are dropped uncounted when the claim %s', async (_how, handInForClaim, said) => {
    await world.ask();
    await (await claimNumber(world)).moves('verification_needed');
    await world.receive(textOf(code));
    await world.lane({ handInForClaim }).runDue();
    expect([await world.waiting(), world.atMeta]).toEqual([0, []]);
    const calls = await world.store.listNumberCalls({ phoneNumber: phone(), kind: 'verify_code', limit: 1 });
    expect([calls, world.log.join().includes(said)]).toEqual([[], true]);
  });

  it('are not handed in when the claim moves on at the last moment', async () => {
    await world.ask();
    const claim = await claimNumber(world);
    await claim.moves('verification_needed');
    await world.receive(textOf(code));
    const sent: string[] = [];
    const handInForClaim: SubmitTextsDeps['handInForClaim'] = async () => {
      await claim.moves('ended');
      return (spent) => Promise.resolve(sent.push(spent.code));
    };
    await world.lane({ handInForClaim }).runDue();
    expect([sent, await world.waiting()]).toEqual([[], 0]);
  });

  it('outlive news of their number', async () => {
    await world.ask();
    await world.receive(textOf(code));
    await world.store.keepNumber({ number: poolNumber(1, unverified), now: world.now() });
    await world.lane().runDue();
    expect(world.atMeta).toEqual([code]);
  });

  it('are of use no more when Meta wants no more codes for now', async () => {
    await world.ask();
    await world.receive(textOf(code));
    const spendText = () => Promise.resolve({ allowed: false, why: 'closed', retryAt: 1e15 } as const);
    await world.lane({ store: { ...world.store, spendText } }).runDue();
    expect([world.atMeta, await world.waiting()]).toEqual([[], 0]);
  });

  it.each([
    ['the right one was handed in by hand meanwhile', () => handInByHand(world, 'done'), 'done'],
    ['Meta has refused the same one meanwhile', (text: string) => refusedElsewhere(text), 'refused'],
  ])('are not sent any more when %s', async (_how, meanwhile, outcome) => {
    await world.ask();
    await world.receive(textOf(code));
    await meanwhile(textOf(code));
    expect(await world.waiting()).toBe(1);
    world.atMeta.length = 0;
    await world.lane().runDue();
    expect([world.atMeta, await world.waiting()]).toEqual([[], 0]);
    const calls = await world.store.listNumberCalls({
      phoneNumber: phone(),
      kind: 'verify_code',
      limit: 10,
    });
    expect(calls.map((call) => call.outcome)).toEqual([outcome]);
    expect(world.log.join()).toContain('not_expected');
  });

  /** Another node hands the same text in while this one has it waiting: the provider sent it to both. */
  async function refusedElsewhere(text: string): Promise<void> {
    world.meta.says = () => 'refused';
    await world.lane().runDue();
    world.meta.says = () => 'done';
    // It was looked at before the other one was handed in, and is kept after that.
    const calls = world.store.listNumberCalls;
    const listNumberCalls: typeof calls = async (input) =>
      (await calls(input)).filter(({ kind }) => kind === 'request_code');
    await world.receive(text, { store: { ...world.store, listNumberCalls } });
  }

  it('are handed in when a call that never left this machine was all there was', async () => {
    await world.ask();
    await world.receive(textOf(code));
    const submitSpent: SubmitTextsDeps['submitSpent'] = ({ callId }) =>
      world.store.endNumberCall({ callId, outcome: 'refused', reason: 'not_sent' });
    await world.lane({ submitSpent }).runDue();
    expect(await world.receive(textOf(code))).toBe('taken');
    await world.lane().runDue();
    expect(world.atMeta).toEqual([code]);
  });

  it('wait when the database is away, and are handed in afterwards', async () => {
    await world.ask();
    await world.receive(textOf(code));
    const spendText = () => Promise.reject(new Error('away'));
    await expect(world.lane({ store: { ...world.store, spendText } }).runDue()).rejects.toThrow('away');
    const lane = world.lane();
    await lane.begin();
    await lane.settled();
    expect(world.atMeta).toEqual([code]);
  });

  it('stay where they are when the server is closing', async () => {
    await world.ask();
    await world.receive(textOf(code));
    await world.lane({ closing: AbortSignal.abort() }).runDue();
    expect([world.atMeta, await world.waiting()]).toEqual([[], 1]);
  });

  it('are seen even when they come while the lane is at its last look', async () => {
    await world.ask();
    const lane: ReturnType<typeof world.lane> = world.lane({
      store: {
        ...world.store,
        async listTexts(input) {
          const found = await world.store.listTexts(input);
          if (late) {
            late = false;
            await world.receive(textOf(code));
            void lane.begin();
          }
          return found;
        },
      },
    });
    let late = true;
    await lane.runDue();
    expect(world.atMeta).toEqual([code]);
  });

  it('cost one look when nothing waits', async () => {
    let looks = 0;
    const listTexts = () => {
      looks += 1;
      return Promise.resolve([]);
    };
    await world.lane({ store: { ...world.store, listTexts } }).runDue();
    expect(looks).toBe(1);
  });
});
