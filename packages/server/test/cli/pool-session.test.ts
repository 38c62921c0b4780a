import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { poolWorld, type PoolWorld } from './support/pool-world.ts';
import { bundleCli, type Program } from './support/program.ts';

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

let database: TestDatabase;
let world: PoolWorld;
afterEach(async () => {
  await world.close();
  await database.drop();
});

describe.each(engines)('the pool by the command line on $name', { timeout: 60_000 }, (engine) => {
  it('goes every step of Meta’s guide to pre-verified numbers', async () => {
    database = await engine.create();
    world = await poolWorld(cli, database.address);
    const { sim, run, json } = world;
    const phone = '+15550107777';
    const display = '+1 555-010-7777';

    // Create.
    const added = await run('pool', 'add', '+1 (555) 010-7777');
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining('pool request-code') });
    const [{ id } = { id: '' }] = sim.state().preverifiedNumbers;
    expect(added.out).toBe(`NUMBER        OUTCOME  ID\n${phone}  added    ${id}\n`);

    // Request a code, and verify.
    const asked = await run('pool', 'request-code', '+1 555 010 7777');
    expect(asked).toMatchObject({ code: 0, out: '' });
    expect(asked.err).toContain(`Meta sends a text to ${display} with a code`);
    expect(asked.err).toContain(`embedded-signup pool verify ${phone} <code>`);
    const code = sim.inbox(phone).at(-1)?.code ?? '';
    const verified = await run('pool', 'verify', id, `${code.slice(0, 3)}-${code.slice(3)}`);
    expect(verified).toMatchObject({ code: 0, out: '' });
    expect(verified.err).toMatch(/^\+1 555-010-7777 is verified until \d{4}-.* UTC \(in (89|90) days\)\.\n$/);

    // List, filter, and the times.
    const list = await run('pool', 'list');
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out.split('\n')[0]).toMatch(/^NUMBER +CC +STATE +EXPIRES +NEXT +CUSTOMER +ID$/);
    expect(list.out.split('\n')[1]).toMatch(/^\+1 555-010-7777 +US +free +in (89|90) days +nothing until \d/);
    expect(await json('pool', 'list', '--status', 'VERIFIED')).toMatchObject([{ id, state: 'free' }]);
    expect(await json('pool', 'list', '--status', 'NOT_VERIFIED')).toEqual([]);
    const shown = await run('pool', 'show', phone);
    for (const line of [/^verified until +\d{4}-/m, /^renewable from +\d{4}-/m, /^Meta says +VERIFIED$/m])
      expect(shown.out).toMatch(line);
    const [, calls] = shown.out.split('\n\n');
    expect(calls?.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^WHEN +WHO +WHAT +HOW IT ENDED$/),
      expect.stringMatching(/ ann +handed a code in +done$/),
      expect.stringMatching(/ ann +asked for a code by text +done$/),
      expect.stringMatching(/ ann +added to the pool +done$/),
    ]);
    const expiresAt = sim.state().preverifiedNumbers[0]?.expiresAt ?? 0;
    expect(await json('pool', 'show', id)).toMatchObject({
      number: { id, verificationExpiresAt: new Date(Math.floor(expiresAt / 1000) * 1000).toISOString() },
      calls: [{ kind: 'verify_code' }, { kind: 'request_code', method: 'SMS', who: 'ann' }, { kind: 'add' }],
    });

    // Share, see with whom, take it back.
    const { businessId: partner } = sim.addPartner({ name: 'Partner & Sons' });
    expect(await run('pool', 'share', phone, partner)).toMatchObject({
      code: 0,
      err: `Business ${partner} may offer ${display} now.\n`,
    });
    expect((await run('pool', 'partners', phone)).out).toContain(partner);
    expect(await json('pool', 'partners', phone)).toMatchObject([{ businessId: partner }]);
    expect(await run('pool', 'unshare', phone, partner)).toMatchObject({ code: 0 });
    expect(await run('pool', 'partners', phone)).toMatchObject({
      code: 0,
      out: '',
      err: `${display} is shared with nobody.\n`,
    });

    // Delete.
    expect(await run('pool', 'delete', phone)).toMatchObject({
      code: 2,
      err: 'error: nobody can be asked here; confirm with --yes.\n',
    });
    expect(await run('pool', 'delete', phone, '--yes')).toMatchObject({ code: 0, out: '' });
    expect(sim.state().preverifiedNumbers).toEqual([]);
    expect(await json('pool', 'overview')).toMatchObject({ numbers: { free: 0, gone: 1 } });
    expect((await run('pool', 'list')).out).toMatch(/gone +add it again to use it/);
  });
});
