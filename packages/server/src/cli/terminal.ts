import { oneLineOf, fitted } from './display-width.ts';

/** Colours that words may have. */
export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';

/** Where a command speaks: what was asked for to stdout, everything else to stderr. */
export interface Terminal {
  /** Columns of the terminal that stdout is; `undefined` when it is none, so that nothing has to fit. */
  readonly columns: number | undefined;
  /** A line of what was asked for. */
  out(line: string): void;
  /** A line for the person who looks. */
  say(line: string): void;
  /** Why it failed. */
  fail(sentence: string): void;
  /** A line that the next one takes the place of. Only on a terminal; the empty one takes it away. */
  progress(line: string): void;
  /** Colours a part of what goes to stdout, where that is wanted. */
  paint(colour: Colour, text: string): string;
  /** Asks a person. `undefined`: there is nobody to ask. */
  ask(question: string): Promise<string | undefined>;
  /** Text as it is, for the help. */
  writeOut(text: string): void;
  writeErr(text: string): void;
  /** Resolves when stdout takes more. `false`: nobody reads it any more, as after `| head`. */
  isRead(): Promise<boolean>;
  /** Resolves when all of it is out. */
  flush(): Promise<void>;
}

type Input = Pick<NodeJS.ReadableStream, 'on' | 'off' | 'resume' | 'pause'> & { isTTY?: boolean };
type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY'> &
  Partial<Pick<NodeJS.WriteStream, 'columns' | 'writableNeedDrain' | 'once' | 'off' | 'errored'>>;

/** The part of a process that this needs. */
export interface TerminalProcess {
  stdout: Output;
  stderr: Output;
  stdin?: Input;
  env: Record<string, string | undefined>;
}

const sgr: Record<Colour, string> = { red: '31', green: '32', yellow: '33', cyan: '36', dim: '2', bold: '1' };
const toStartOfEmptyLine = '\r\u001B[K';
/** What a terminal has that does not say. */
const usualColumns = 80;

/** Speaks through a process. Colour only on a terminal, unless `NO_COLOR` says otherwise (no-color.org). */
export function openTerminal({ stdout, stderr, stdin, env }: TerminalProcess): Terminal {
  const isSimple = env['TERM'] === 'dumb';
  const isWatched = stderr.isTTY && !isSimple;
  const painter = (stream: Output) => (colour: Colour, text: string) =>
    stream.isTTY && !isSimple && !env['NO_COLOR'] && text !== ''
      ? `\u001B[${sgr[colour]}m${text}\u001B[0m`
      : text;
  const error = painter(stderr)('red', 'error:');
  let shown = '';
  const progress = (line: string): void => {
    if (!isWatched || line === shown) return;
    shown = line;
    // One column is left free: some terminals begin a new line when the last one is written to.
    const columns = (stderr.columns ?? 0) > 0 ? (stderr.columns ?? 0) : usualColumns;
    stderr.write(`${toStartOfEmptyLine}${fitted(line, columns - 1)}`);
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
    get columns() {
      if (!stdout.isTTY) return undefined;
      return (stdout.columns ?? 0) > 0 ? stdout.columns : usualColumns;
    },
    out: (line) => writeOut(`${line}\n`),
    say: (line) => writeErr(`${line}\n`),
    fail: (sentence) => writeErr(`${error} ${sentence}\n`),
    progress,
    paint: painter(stdout),
    async ask(question) {
      if (stdin?.isTTY !== true || !stderr.isTTY) return undefined;
      writeErr(question);
      return firstLine(stdin);
    },
    writeOut,
    writeErr,
    async isRead() {
      if (stdout.writableNeedDrain === true) await drained(stdout);
      // An error of a pipe is told a moment after the write.
      await new Promise((resolve) => void setImmediate(resolve));
      return stdout.errored === undefined || stdout.errored === null;
    },
    flush: async () => {
      // A stream whose reader is gone calls back as well, with the error.
      for (const stream of [stdout, stderr]) await new Promise((resolve) => stream.write('', resolve));
    },
  };
}

/** The terminal itself makes lines, so Ctrl-C stays the signal that it is. */
function firstLine(stdin: Input): Promise<string> {
  return new Promise((resolve) => {
    const answer = (text: unknown) => {
      stdin.off('data', answer);
      stdin.off('end', ended);
      stdin.pause();
      resolve(oneLineOf(String(text)).trim());
    };
    const ended = () => answer('');
    stdin.on('data', answer);
    stdin.on('end', ended);
    stdin.resume();
  });
}

function drained(stdout: Output): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stdout.off?.('drain', end);
      stdout.off?.('close', end);
      resolve();
    };
    stdout.once?.('drain', end);
    stdout.once?.('close', end);
  });
}
