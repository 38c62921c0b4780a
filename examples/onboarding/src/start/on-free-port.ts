import type { WantedPort } from './read-arguments.ts';
import { StartProblem } from './start-problem.ts';

const portsToTry = 10;

/**
 * Starts something on the wanted port, or on the next free one when nobody asked for this one.
 *
 * @throws StartProblem when the port cannot be had
 */
export async function onFreePort<Started>(
  { port, isAsked }: WantedPort,
  option: string,
  start: (port: number) => Promise<Started>,
): Promise<Started> {
  const last = isAsked ? port : port + portsToTry - 1;
  for (let next = port; ; next += 1) {
    try {
      return await start(next);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
      if (code === 'EADDRINUSE' && next < last) continue;
      const ports = isAsked ? `Port ${port} is` : `Ports ${port} to ${last} are`;
      if (code === 'EADDRINUSE') {
        throw new StartProblem(`${ports} in use by another program: choose another one with ${option}.`, {
          cause,
        });
      }
      if (code === 'EACCES') {
        throw new StartProblem(`Port ${next} needs special rights: choose one above 1023 with ${option}.`, {
          cause,
        });
      }
      throw cause;
    }
  }
}
