/** Where a command speaks: what was asked for to stdout, everything else to stderr. */
export interface Terminal {
  /** A line of what was asked for. */
  out(line: string): void;
  /** A line for the person who looks. */
  say(line: string): void;
  /** Why it failed. */
  fail(sentence: string): void;
  /** A line that the next one takes the place of. Only on a terminal; the empty one takes it away. */
  progress(line: string): void;
  /** Text as it is, for the help. */
  writeOut(text: string): void;
  writeErr(text: string): void;
  /** Resolves when all of it is out. */
  flush(): Promise<void>;
}

/** The part of a process that this needs. */
export interface TerminalProcess {
  stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
  stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
  env: Record<string, string | undefined>;
}

const sgr = { red: '\u001B[31m', plain: '\u001B[0m' };
const toStartOfEmptyLine = '\r\u001B[K';

/** Speaks through a process. Colour only on a terminal, unless `NO_COLOR` says otherwise (no-color.org). */
export function openTerminal({ stdout, stderr, env }: TerminalProcess): Terminal {
  const isWatched = stderr.isTTY && env['TERM'] !== 'dumb';
  const error = isWatched && !env['NO_COLOR'] ? `${sgr.red}error:${sgr.plain}` : 'error:';
  let shown = '';
  const progress = (line: string): void => {
    if (!isWatched || line === shown) return;
    shown = line;
    stderr.write(`${toStartOfEmptyLine}${line}`);
  };
  const writeOut = (text: string) => {
    progress('');
    stdout.write(text);
  };
  const writeErr = (text: string) => {
    progress('');
    stderr.write(text);
  };
  return {
    out: (line) => writeOut(`${line}\n`),
    say: (line) => writeErr(`${line}\n`),
    fail: (sentence) => writeErr(`${error} ${sentence}\n`),
    progress,
    writeOut,
    writeErr,
    flush: async () => {
      // A stream whose reader is gone calls back as well, with the error.
      for (const stream of [stdout, stderr]) await new Promise((resolve) => stream.write('', resolve));
    },
  };
}
