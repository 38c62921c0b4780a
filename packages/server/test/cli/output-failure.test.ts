import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchOutput } from '../../src/cli/output-failure.ts';
import { bundleCli, type Program } from './support/program.ts';

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

const failureOf = (...codes: string[]) => {
  const stdout = new EventEmitter();
  const failure = watchOutput(stdout);
  for (const code of codes) stdout.emit('error', Object.assign(new Error('write'), { code }));
  return failure();
};

describe('what cannot be written', () => {
  it('is said with why, and is a failure', async () => {
    // A device that is always full.
    const end = await cli.shell('--help > /dev/full');
    expect(end).toMatchObject({
      code: 1,
      err: 'error: What was asked for could not all be written to stdout: no space is left there (ENOSPC).\n',
    });
  });

  it('is no failure when nobody reads on', async () => {
    expect(failureOf('EPIPE')).toBeUndefined();
    expect(failureOf('EPIPE', 'ERR_STREAM_DESTROYED')).toBeUndefined();
    const end = await cli.shell('--help | true');
    expect(end).toMatchObject({ code: 0, err: '' });
  });

  it('is told by the first thing that went wrong', () => {
    expect(failureOf()).toBeUndefined();
    expect(failureOf('EIO', 'ERR_STREAM_DESTROYED')).toContain(': EIO.');
  });
});
