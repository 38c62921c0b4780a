import { describe, expect, it } from 'vitest';
import { openTerminal } from '../../src/cli/terminal.ts';

/** A process that keeps what is written to it. */
function keeping({ isTTY = false, env = {} }: { isTTY?: boolean; env?: Record<string, string> }) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    isTTY,
    write: (text: unknown, done?: unknown) => {
      written[name] += String(text);
      if (typeof done === 'function') done();
      return true;
    },
  });
  return { written, terminal: openTerminal({ stdout: stream('out'), stderr: stream('err'), env }) };
}

const clear = '\r\u001B[K';

describe('what a command says', () => {
  it('shows on a terminal how far it is, on one line, and takes that away before anything else', () => {
    const { written, terminal } = keeping({ isTTY: true });
    terminal.progress('1 of 2');
    terminal.progress('2 of 2');
    terminal.progress('2 of 2');
    terminal.out('all done');
    terminal.say('bye');
    expect(written).toEqual({ out: 'all done\n', err: `${clear}1 of 2${clear}2 of 2${clear}bye\n` });
  });

  it.each([{ isTTY: false }, { isTTY: true, env: { TERM: 'dumb' } }])(
    'shows no progress where a line cannot be taken away: %j',
    (where) => {
      const { written, terminal } = keeping(where);
      terminal.progress('1 of 2');
      terminal.out('all done');
      expect(written).toEqual({ out: 'all done\n', err: '' });
    },
  );

  it.each([
    [{ isTTY: true }, '\u001B[31merror:\u001B[0m no\n'],
    [{ isTTY: true, env: { NO_COLOR: '1' } }, 'error: no\n'],
    [{ isTTY: true, env: { NO_COLOR: '' } }, '\u001B[31merror:\u001B[0m no\n'],
    [{ isTTY: false }, 'error: no\n'],
  ])('says on stderr why it failed, in colour only where that is wanted: %j', (where, expected) => {
    const { written, terminal } = keeping(where);
    terminal.fail('no');
    expect(written).toEqual({ out: '', err: expected });
  });

  it('is over when all of it is written', async () => {
    const { terminal } = keeping({});
    terminal.out('all done');
    await expect(terminal.flush()).resolves.toBeUndefined();
  });
});
