import { parseArgs } from 'node:util';
import type { SimulatorOptions } from '../options.ts';
import type { ListenOptions } from '../start-simulator.ts';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'start'; readonly options: SimulatorOptions & ListenOptions }
  | { readonly kind: 'refuse'; readonly problem: string };

/** Reads the arguments after the program's name. */
export function readArguments(args: readonly string[]): Command {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        numbers: { type: 'string', default: '3' },
        profile: { type: 'string', default: 'live' },
        times: { type: 'string', default: 'iso' },
      },
    }));
  } catch (error) {
    return { kind: 'refuse', problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { kind: 'help' };
  const { host, profile, times } = values;
  const port = wholeNumber(values.port);
  const numbers = wholeNumber(values.numbers);
  if (port === undefined || port > 65_535) return refuse('--port must be a number from 0 to 65535');
  if (numbers === undefined || numbers > 100_000)
    return refuse('--numbers must be a number from 0 to 100000');
  if (profile !== 'live' && profile !== 'openapi') return refuse('--profile must be live or openapi');
  if (times !== 'iso' && times !== 'unix') return refuse('--times must be iso or unix');
  return { kind: 'start', options: { port, host, numbers, profile, times } };
}

function refuse(problem: string): Command {
  return { kind: 'refuse', problem };
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
