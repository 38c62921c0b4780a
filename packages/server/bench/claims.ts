// Durable claims ÷ Express echo: how much of a plain Express JSON route is left when every answer waits until its
// claim is on disk. Both servers run in processes of their own on this machine, in turn, round after round; the ratio
// of each round is what counts, because both halves of it saw the same machine.
//
//   pnpm bench [--rounds 5] [--seconds 4] [--connections 64]
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { appId, serveClaims, serveEcho, sessionsFor } from './servers.ts';
import { loadWith, median, type Load } from './load.ts';

const role = process.env['BENCH_ROLE'];
if (role === 'echo') await serveEcho();
else if (role === 'claims') await serveClaims(process.env['BENCH_DATABASE'] ?? '');
else await compare();

async function compare(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '64' },
    },
  });
  const rounds = Number(values.rounds);
  const seconds = Number(values.seconds);
  const connections = Number(values.connections);
  const ratios: number[] = [];
  const tails: number[] = [];
  console.log(
    `claims on SQLite, synchronous=FULL, ${connections} connections, ${seconds} s a round, app ${appId}`,
  );
  console.log('round   echo/s  claims/s   ratio   echo p99  claim p99   on disk');

  for (let round = 0; round <= rounds; round += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'signup-bench-'));
    const echo = await withServer('echo', {}, (url) =>
      loadWith(url, echoRequests(), { seconds, connections }),
    );
    const sessions = await sessionsFor(Math.ceil(echo.perSecond * seconds * 1.5) + 1000);
    const database = `sqlite:${join(folder, 'signup.db')}`;
    const { load, onDisk } = await withServer('claims', { BENCH_DATABASE: database }, async (url, child) => {
      const done = await loadWith(url, claimRequests(sessions), { seconds, connections });
      return { load: done, onDisk: await claimsOnDisk(child) };
    });
    await rm(folder, { recursive: true, force: true });
    if (onDisk < load.accepted)
      throw new Error(`${load.accepted} claims were answered, ${onDisk} are on disk`);
    if (load.failed > 0) throw new Error(`${load.failed} claims failed`);
    print(round, echo, load, onDisk);
    if (round === 0) continue; // warms the disk and the compiler of this process up
    ratios.push(load.perSecond / echo.perSecond);
    tails.push(load.p99 / echo.p99);
  }
  console.log(
    `durable claims ÷ Express echo: ${median(ratios).toFixed(2)} (median of ${rounds}; p99 ratio ${median(tails).toFixed(2)})`,
  );
}

function print(round: number, echo: Load, load: Load, onDisk: number): void {
  const cells = [
    (round === 0 ? 'warm-up' : String(round)).padEnd(7),
    echo.perSecond.toFixed(0).padStart(7),
    load.perSecond.toFixed(0).padStart(9),
    (load.perSecond / echo.perSecond).toFixed(2).padStart(7),
    `${echo.p99.toFixed(0)} ms`.padStart(10),
    `${load.p99.toFixed(0)} ms`.padStart(10),
    String(onDisk).padStart(9),
  ];
  console.log(cells.join(' '));
}

function* echoRequests() {
  for (let n = 0; ; n += 1) yield { path: '/echo', session: 'x'.repeat(300), body: claimBody(n) };
}

function* claimRequests(sessions: readonly string[]) {
  for (const [n, session] of sessions.entries())
    yield { path: '/signup/claims', session, body: claimBody(n) };
  throw new Error('not enough sessions were made for this round');
}

function claimBody(n: number): string {
  return JSON.stringify({
    event: 'FINISH',
    data: {
      phone_number_id: String(10 ** 14 + n),
      waba_id: String(2 * 10 ** 14 + n),
      business_id: '506914307656634',
    },
    code: `AQB${String(n).padStart(200, 'x')}`,
  });
}

async function withServer<T>(
  which: string,
  env: Record<string, string>,
  act: (url: string, child: ChildProcess) => Promise<T>,
): Promise<T> {
  const child = fork(fileURLToPath(import.meta.url), [], {
    env: { ...process.env, ...env, BENCH_ROLE: which },
  });
  const ended = once(child, 'exit');
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]; // what serve… sends
    return await act(`http://127.0.0.1:${port}`, child);
  } finally {
    child.send('end');
    await ended;
  }
}

async function claimsOnDisk(child: ChildProcess): Promise<number> {
  child.send('count');
  const [{ count }] = (await once(child, 'message')) as [{ count: number }]; // what serveClaims sends
  return count;
}
