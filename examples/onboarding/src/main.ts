import { existsSync } from 'node:fs';
import { ConfigError, createEmbeddedSignup, StoreUnavailableError } from '@embedded-signup-kit/server';
import { createSite, signedInCustomer, type SiteOptions } from './create-site.ts';
import { inExample } from './example-folder.ts';
import { createClosers } from './start/closers.ts';
import { identityNews } from './start/identity-news.ts';
import { instructions } from './start/instructions.ts';
import { listen } from './start/listen.ts';
import { onFreePort } from './start/on-free-port.ts';
import { readArguments } from './start/read-arguments.ts';
import { realMeta, sitePassword } from './start/real-meta.ts';
import { poolNews } from './start/pool-news.ts';
import { connectTo, newSecret, passingStorage, startSimulatedMeta } from './start/simulated-meta.ts';
import { StartProblem } from './start/start-problem.ts';

/** Milliseconds. With the simulator nothing of value is under way; with the real Meta, a registration may be. */
const patience = { simulated: 1500, real: 12_000 };

const closers = createClosers();
let isSimulated = true;
let isStopping = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void stop(0));
}

try {
  await start();
} catch (error) {
  // A stop in the middle of the start makes the rest of it fail, which is no news.
  if (!isStopping) {
    console.error(isExpected(error) ? error.message : error);
    await stop(1);
  }
}

async function start(): Promise<void> {
  const file = inExample('.env');
  if (existsSync(file)) process.loadEnvFile(file);
  const wanted = readArguments(process.argv.slice(2), process.env);
  isSimulated = !process.env['META_APP_ID'];

  const simulator = isSimulated ? await startSimulatedMeta(wanted.simulator) : undefined;
  if (simulator !== undefined) closers.add(simulator.close);
  const smsSecret = newSecret();
  const options =
    simulator === undefined
      ? realMeta(process.env)
      : { ...passingStorage(), meta: simulator.meta, sms: { secret: smsSecret } };
  const login: Pick<SiteOptions, 'password'> = isSimulated ? {} : { password: sitePassword(process.env) };

  const signup = await createEmbeddedSignup({
    ...options,
    customer: signedInCustomer,
    pool: { low: 1 },
    on: { ...poolNews, ...identityNews },
  });
  closers.add(signup.close);
  const site = createSite({ signup, meta: options.meta, ...login });
  const server = await onFreePort(wanted.site, '--port', (port) => listen(site, port, wanted.host));
  closers.add(server.close);
  if (simulator !== undefined) {
    await connectTo(simulator, { host: wanted.host, port: server.port, smsSecret });
  }
  // Last, as it fetches the pool from Meta and begins to work.
  await signup.start();

  const name = wanted.host === '127.0.0.1' ? 'localhost' : wanted.host;
  console.log(instructions({ site: `http://${name}:${server.port}`, simulator: simulator?.url }));
}

async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await closers.closeAll(isSimulated ? patience.simulated : patience.real);
  process.exit(code);
}

/** An error whose message is all that somebody needs. */
function isExpected(error: unknown): error is Error {
  return (
    error instanceof StartProblem || error instanceof ConfigError || error instanceof StoreUnavailableError
  );
}
