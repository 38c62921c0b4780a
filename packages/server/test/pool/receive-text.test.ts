import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../../src/domain/durations.ts';
import { receiveText } from '../../src/pool/receive-text.ts';
import { InvalidRequestError } from '../../src/ports/invalid-request-error.ts';
import { poolNumber } from '../../src/testing/contract/contract-case.ts';
import { engines } from '../support/databases.ts';
import { filesOf } from '../support/host.ts';
import { claimNumber } from './support/claim-number.ts';
import { handInByHand, phone, startTexts, textOf, type TextWorld } from './support/text-world.ts';

let world: TextWorld;
afterEach(() => world.close());

const code = '731-046';
const text = `WhatsApp code ${code}`;

describe.each(engines)('a text, on $name', (engine) => {
  beforeEach(async () => {
    world = await startTexts(engine, 2);
  });

  it('with a code that was asked for is taken, kept sealed, and woken for', async () => {
    await world.ask();
    expect(await world.receive(text)).toBe('taken');
    expect(world.woken).toBe(1);
    const [waiting] = await world.store.listTexts({ limit: 10 });
    expect(waiting).toMatchObject({ id: poolNumber(1).id, textReceivedAt: world.now() });
    expect(await world.cipher.open(waiting?.sealedText ?? '', `numbers.text/${poolNumber(1).id}`)).toBe(
      '731046',
    );
    expect(JSON.stringify(waiting)).not.toMatch(/731.?046/);
  });

  it.each([
    ['with the plus', '+15550100001'],
    ['without it', '15550100001'],
    ['with noughts', '0015550100001'],
    ['with what a form makes of the plus', ' 15550100001'],
    ['as people write it', '+1 (555) 010-0001'],
  ])('is for its number, written %s', async (_how, to) => {
    await world.ask();
    expect(await world.receive(text, { to })).toBe('taken');
  });

  it.each([
    ['no code', 'Hello', phone(), 'no_code'],
    ['no word that says whose it is', '731-046', phone(), 'no_code'],
    ['another number', text, '+15550109999', 'unknown_number'],
    ['no number', text, 'INFO', 'unknown_number'],
    ['a number of WhatsApp’s own channel', text, `whatsapp:${phone()}`, 'unknown_number'],
    ['nothing', text, '', 'unknown_number'],
    ['far too much', text, `+${'1'.repeat(10_000)}`, 'unknown_number'],
    ['NUL', text, '+1555010\u00000001', 'unknown_number'],
    ['a number that waits for none', text, phone(2), 'not_expected'],
  ])('for %s changes nothing', async (_what, body, to, outcome) => {
    await world.ask();
    expect(await world.receive(body, { to })).toBe(outcome);
    expect([await world.waiting(), world.woken]).toEqual([0, 0]);
  });

  it('for a number that left the pool, or whose claim waits for none, changes nothing', async () => {
    await world.ask();
    await world.ask({ n: 2 });
    await world.store.markNumberGone({ id: poolNumber(2).id, now: world.now() });
    expect(await world.receive(text, { to: phone(2) })).toBe('unknown_number');
    const claim = await claimNumber(world);
    expect(await world.receive(text)).toBe('not_expected');
    await world.store.markNumberGone({ id: poolNumber(1).id, now: world.now() });
    expect(await world.receive(text)).toBe('not_expected');
    expect([await world.waiting(), world.woken]).toEqual([0, 0]);
    await claim.moves('verification_needed');
    expect(await world.receive(text)).toBe('taken');
  });

  it('is not expected before a code was asked for, nor later than 15 minutes after', async () => {
    expect(await world.receive(text)).toBe('not_expected');
    await world.ask();
    world.pass(15 * minute);
    expect(await world.receive(text)).toBe('taken');
    world.pass(1);
    expect(await world.receive(text)).toBe('not_expected');
  });

  it('is expected while the request is under way, or nobody knows its end, but not when Meta refused it', async () => {
    await world.ask({ outcome: 'refused' });
    expect(await world.receive(text)).toBe('not_expected');
    await world.ask({ outcome: 'unsure' });
    expect(await world.receive(text)).toBe('taken');
    await world.ask({ n: 2, outcome: undefined });
    expect(await world.receive(text, { to: phone(2) })).toBe('taken');
  });

  it('is not expected when the code comes by a call', async () => {
    await world.ask({ method: 'VOICE' });
    expect(await world.receive(text)).toBe('not_expected');
  });

  it('is expected whoever had it sent through the kit', async () => {
    await world.ask({ who: 'ann' });
    expect(await world.receive(text)).toBe('taken');
  });

  it('is not expected any more once the right code was handed in, by text or by hand', async () => {
    await world.ask();
    await world.receive(text);
    await world.lane().runDue();
    expect(world.atMeta).toEqual(['731046']);
    expect(await world.receive(text)).toBe('not_expected');
    expect(await world.receive(textOf('111222'))).toBe('not_expected');
    world.pass(minute);
    await world.ask();
    expect(await world.receive(text)).toBe('taken');
    await handInByHand(world, 'done');
    expect(await world.receive(text)).toBe('not_expected');
  });

  it('that comes again while it waits is one text', async () => {
    await world.ask();
    expect(await world.receive(text)).toBe('taken');
    expect(await world.receive(text)).toBe('taken');
    expect(await world.waiting()).toBe(1);
    await world.lane().runDue();
    expect(world.atMeta).toEqual(['731046']);
  });

  it('that comes again after Meta refused its code is no second guess', async () => {
    world.meta.says = () => 'refused';
    await world.ask();
    await world.receive(text);
    await world.lane().runDue();
    for (const again of [text, textOf('731046'), 'whatsapp 731046']) {
      world.pass(second);
      expect(await world.receive(again)).toBe('not_expected');
    }
    await world.lane().runDue();
    expect(world.atMeta).toEqual(['731046']);
  });

  it('may bring the same code for a newer request: Meta may send it again', async () => {
    world.meta.says = () => 'refused';
    await world.ask();
    await world.receive(text);
    await world.lane().runDue();
    world.pass(minute);
    await world.ask();
    expect(await world.receive(text)).toBe('taken');
  });

  it('is one of two at most that are handed in for each request, whatever comes', async () => {
    world.meta.says = () => 'refused';
    for (const round of [1, 2]) {
      await world.ask();
      for (let guess = 0; guess < 50; guess += 1) {
        await world.receive(textOf(String(round * 100_000 + guess)));
        await world.lane().runDue();
        world.pass(10);
      }
      expect(world.atMeta).toHaveLength(2 * round);
    }
    // And of four in twelve hours, because the fifth wrong one blocks the number.
    await world.ask();
    await world.receive(textOf('555555'));
    await world.lane().runDue();
    expect([world.atMeta.length, await world.waiting()]).toEqual([4, 0]);
  });

  it('is counted by the texts alone: what people hand in leaves texts their share', async () => {
    await world.ask();
    await handInByHand(world, 'refused');
    await handInByHand(world, 'refused');
    expect(await world.receive(text)).toBe('taken');
    await world.lane().runDue();
    expect(world.atMeta).toEqual(['731046']);
  });

  it('gives its code away nowhere: not in the ledger, not on disk, not in the log', async () => {
    world.meta.says = () => 'refused';
    await world.ask();
    await world.receive(text);
    const before = engine.name === 'SQLite' ? await filesOf(world.database) : '';
    await world.lane().runDue();
    const after = engine.name === 'SQLite' ? await filesOf(world.database) : '';
    const calls = await world.store.listNumberCalls({ phoneNumber: phone(), limit: 10 });
    expect(calls[0]?.mark).toBe(world.marks(poolNumber(1).id, '731046')[0]);
    for (const place of [before, after, JSON.stringify(calls), world.log.join('\n')]) {
      expect(place).not.toMatch(/731.?046/);
      expect(place).not.toContain('CANARY');
    }
  });
});

describe('a text that is handed over by the host’s code', () => {
  it('must be two texts', async () => {
    world = await startTexts(engines[0] ?? never());
    const receive = receiveText({ ...world, clock: world, wake: () => undefined });
    for (const wrong of [{}, { to: 1, body: text }, { to: phone() }, undefined]) {
      await expect(receive(wrong as never)).rejects.toThrow(InvalidRequestError);
    }
  });
});

function never(): never {
  throw new Error('there are no engines');
}
