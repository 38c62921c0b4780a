// Durable webhooks ÷ Express echo: what is left of a plain Express JSON route when every answer waits until its signature is
// verified and its change is on disk. Both servers run in processes of their own, in turn; each round's ratio counts.
//
//   node ../../tools/run-typescript.mjs bench/webhooks.ts [--rounds 5] [--seconds 4] [--connections 64]
import { fork, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import Database from 'better-sqlite3';
import { median, type Load } from './load.ts';
import { serveClaims, serveEcho } from './servers.ts';

/** The app secret of the server that `servers.ts` starts. */
const appSecret = 'secret';
/** About what Meta sends for one customer. */
const bytes = 600;
/** How many were sent so far: each is about another account. */
let sent = 0;

const role = process.env['BENCH_ROLE'];
if (role === 'echo') await serveEcho();
else if (role === 'webhooks') await serveClaims(process.env['BENCH_DATABASE'] ?? '');
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
  const how = { duration: Number(values.seconds), connections: Number(values.connections) };
  const ratios: number[] = [];
  console.log(`webhooks of ${bytes} bytes on SQLite, synchronous=FULL, ${how.connections} connections`);
  for (let round = 0; round <= rounds; round += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'signup-bench-'));
    const file = join(folder, 'signup.db');
    const echo = await withServer('echo', {}, (url) => loadWith(url, '/echo', how));
    const hooks = await withServer('webhooks', { BENCH_DATABASE: `sqlite:${file}` }, (url) =>
      loadWith(url, '/signup/webhook', how),
    );
    const onDisk = accountsIn(file);
    await rm(folder, { recursive: true, force: true });
    if (onDisk < hooks.accepted) throw new Error(`${hooks.accepted} were answered, ${onDisk} are on disk`);
    if (hooks.failed > 0) throw new Error(`${hooks.failed} webhooks failed`);
    const ratio = hooks.perSecond / echo.perSecond;
    console.log(
      `${round === 0 ? 'warm-up' : `round ${round}`}: echo ${echo.perSecond.toFixed(0)}/s (p99 ${echo.p99} ms), ` +
        `webhooks ${hooks.perSecond.toFixed(0)}/s (p99 ${hooks.p99} ms), ratio ${ratio.toFixed(2)}`,
    );
    if (round > 0) ratios.push(ratio);
  }
  console.log(`durable webhooks ÷ Express echo: ${median(ratios).toFixed(2)} (median of ${rounds})`);
}

async function loadWith(
  url: string,
  path: string,
  how: { duration: number; connections: number },
): Promise<Load> {
  const result = await autocannon({
    url,
    ...how,
    requests: [
      {
        setupRequest(request) {
          const body = webhook((sent += 1));
          const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
          const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
          return { ...request, method: 'POST', path, body, headers };
        },
      },
    ],
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p99: result.latency.p99,
    accepted: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** One account after the other, each its own. */
function webhook(n: number): string {
  const waba_info = { waba_id: String(10 ** 14 + n), owner_business_id: '2729063490586005', padding: '' };
  const body = () =>
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '3',
          time: 1_767_225_600,
          changes: [{ value: { event: 'PARTNER_ADDED', waba_info }, field: 'account_update' }],
        },
      ],
    });
  waba_info.padding = 'x'.repeat(bytes - body().length);
  return body();
}

function accountsIn(file: string): number {
  const database = new Database(file, { readonly: true });
  const row = database.prepare<[], { count: number }>('select count(*) as count from signup_accounts').get();
  database.close();
  return row?.count ?? 0;
}

async function withServer<T>(
  which: string,
  env: Record<string, string>,
  act: (url: string) => Promise<T>,
): Promise<T> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), [], {
    env: { ...process.env, ...env, BENCH_ROLE: which },
  });
  const ended = once(child, 'exit');
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]; // what serve… sends
    return await act(`http://127.0.0.1:${port}`);
  } finally {
    child.send('end');
    await ended;
  }
}
