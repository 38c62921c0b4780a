import { parseArgs } from 'node:util';
import { StartProblem } from './start-problem.ts';

/** A port; when nobody asked for this very one, the next free one does as well. */
export interface WantedPort {
  readonly port: number;
  readonly isAsked: boolean;
}

/** What the command line and the environment say about where to listen. */
export interface Arguments {
  readonly site: WantedPort;
  readonly simulator: WantedPort;
  readonly host: string;
}

/**
 * Reads `--port`, `--simulator-port`, and the variables `PORT` and `HOST`.
 *
 * @throws StartProblem
 */
export function readArguments(args: readonly string[], env: Record<string, string | undefined>): Arguments {
  const { port = env['PORT'], 'simulator-port': simulatorPort } = parsed(args);
  return {
    site: wanted('--port', port, 4000),
    simulator: wanted('--simulator-port', simulatorPort, 4010),
    host: env['HOST'] || '127.0.0.1',
  };
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, 'simulator-port': { type: 'string' } },
    });
    return values;
  } catch (cause) {
    throw new StartProblem('Only --port N and --simulator-port N are known here.', { cause });
  }
}

function wanted(name: string, text: string | undefined, usual: number): WantedPort {
  if (text === undefined || text === '') return { port: usual, isAsked: false };
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return { port, isAsked: true };
  throw new StartProblem(`${name} must be a number from 0 to 65535.`);
}
