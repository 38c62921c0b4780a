/** One system call, as strace wrote it down with `-f -y -xx`. Positions count the lines of the trace. */
export interface SystemCall {
  name: string;
  /** What stands between the brackets, its texts still in hexadecimal. */
  args: string;
  /** What it returned; `undefined` when it never came back, or the trace ends before. */
  returned: number | undefined;
  /** Whether strace made this one up. */
  injected: boolean;
  /** From here on the kernel was at it. */
  began: number;
  /** Here its caller got the answer; infinite when it never did. */
  ended: number;
}

const line = /^(?<pid>\d+) +(?:<\.\.\. (?<resumed>\w+) resumed>|(?<name>\w+)\()(?<rest>.*)$/;
const outcome = /^(?<args>.*)\) += (?<returned>-?\d+|\?)(?<more>.*)$/;
const cutOff = / *<unfinished \.\.\.>$/;

/**
 * Reads a trace. Two threads at once cut each other's lines in two: `… <unfinished ...>` and `<... fsync resumed>…`.
 *
 * @throws Error for a line that is no call, no signal and no end of a process: nothing may be overlooked
 */
export function readCalls(trace: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, SystemCall>();
  for (const [position, text] of trace.split('\n').entries()) {
    if (text === '' || /^\d+ +(---|\+\+\+) /.test(text)) continue;
    const { pid = '', resumed, name, rest = '' } = line.exec(text)?.groups ?? {};
    const begun = resumed === undefined ? undefined : unfinished.get(pid);
    if (resumed !== undefined ? begun?.name !== resumed : name === undefined) {
      throw new Error(`line ${position + 1} of the trace is not understood: ${text.slice(0, 200)}`);
    }
    const call = begun ?? newCall(name ?? '', position);
    if (begun === undefined) calls.push(call);
    unfinished.delete(pid);
    if (cutOff.test(rest)) {
      call.args += rest.replace(cutOff, '');
      unfinished.set(pid, call);
      continue;
    }
    const { args, returned, more = '' } = outcome.exec(rest)?.groups ?? {};
    if (args === undefined) {
      throw new Error(`line ${position + 1} of the trace has no outcome: ${text.slice(0, 200)}`);
    }
    call.args += args;
    call.injected = more.includes('(INJECTED)');
    if (returned === undefined || returned === '?') continue;
    call.returned = Number(returned);
    call.ended = position;
  }
  return calls;
}

/** The path behind the descriptor that is a call's first argument. */
export function pathOf({ args }: SystemCall): string {
  return fromHex(/^\d+<([^>]*)>/.exec(args)?.[1] ?? '');
}

/** The bytes that a call wrote, one character each. */
export function bytesOf({ args }: SystemCall): string {
  return Array.from(args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g), ([, hex = '']) => fromHex(hex)).join('');
}

function fromHex(text: string): string {
  return Buffer.from(text.replaceAll(String.raw`\x`, ''), 'hex').toString('latin1');
}

function newCall(name: string, began: number): SystemCall {
  return { name, args: '', returned: undefined, injected: false, began, ended: Number.POSITIVE_INFINITY };
}
