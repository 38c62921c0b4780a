import { describe, expect, it } from 'vitest';
import { keptTerminal } from './support/terminal.ts';

const clear = '\r\u001B[K';

describe('what a command says', () => {
  it('shows on a terminal how far it is, on one line, and takes that away before anything else', () => {
    const { written, terminal } = keptTerminal({ isTTY: true });
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
      const { written, terminal } = keptTerminal(where);
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
    const { written, terminal } = keptTerminal(where);
    terminal.fail('no');
    expect(written).toEqual({ out: '', err: expected });
  });

  it('is over when all of it is written', async () => {
    const { terminal } = keptTerminal({});
    terminal.out('all done');
    await expect(terminal.flush()).resolves.toBeUndefined();
  });
});

describe('what a person is asked', () => {
  it('is answered by a line', async () => {
    const { written, terminal, typed } = keptTerminal({ isTTY: true });
    const answer = terminal.ask('Delete it? [y/N] ');
    expect(written).toEqual({ out: '', err: 'Delete it? [y/N] ' });
    typed.write('yes\n');
    expect(await answer).toBe('yes');
  });

  it('is answered by nothing when the input ends', async () => {
    const { terminal, typed } = keptTerminal({ isTTY: true });
    const answer = terminal.ask('Delete it? [y/N] ');
    typed.end();
    expect(await answer).toBe('');
  });

  it('is not asked where there is nobody', async () => {
    const { written, terminal } = keptTerminal();
    expect(await terminal.ask('Delete it? [y/N] ')).toBeUndefined();
    expect(written.err).toBe('');
  });
});

describe('a line that shows how far it is', () => {
  it('never needs a second line', () => {
    const { written, terminal } = keptTerminal({ isTTY: true, columns: 20 });
    terminal.progress('importing: 1000 rows and more');
    expect(written.err).toBe(`${clear}importing: 1000 rows…`.slice(0, clear.length + 18) + '…');
  });
});
