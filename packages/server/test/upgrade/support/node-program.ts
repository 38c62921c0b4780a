// A node of the kit in a process of its own. Bundled from the sources of this version by bundle-program.ts, and from those of
// an older one by freeze-node.mjs: so it uses nothing but what every version has. Settings come as JSON in SIGNUP_NODE, words
// go out as JSON lines.
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import express from 'express';
import { createEmbeddedSignup } from '../../../src/index.ts';
import type { NodeSettings, NodeWord } from './node-words.ts';

const settings = JSON.parse(process.env['SIGNUP_NODE'] ?? '{}') as NodeSettings; // written by start-node.ts
/** Straight into the pipe: what was said is out, whatever happens next. */
const say = (word: NodeWord) => void writeSync(1, `${JSON.stringify(word)}\n`);

// A test that is gone leaves no node behind.
process.on('disconnect', () => process.exit(3));

const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();

const signup = await createEmbeddedSignup({
  meta: settings.meta,
  database: settings.database,
  secrets: [settings.secret],
  ...(settings.events && { events: settings.events }),
  customer: (req) => req.get('x-customer'),
}).catch((error: unknown) => {
  const { name, message } = error instanceof Error ? error : { name: 'something', message: String(error) };
  say({ said: 'refused', error: name, message });
  process.exit(4);
});

const app = express();
app.use('/signup', signup.router);
app.use('/operator', signup.operator);
const server = createServer(app);

process.on('message', (word) => {
  if (word !== 'loop') return;
  // Nanoseconds.
  say({ said: 'loop', longest: loop.max / 1e6 });
  loop.reset();
});
process.once('SIGTERM', () => {
  server.close(() => void signup.close().finally(() => process.exit(0)));
  server.closeIdleConnections();
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) say({ said: 'listening', port: address.port });
});
if (settings.works) {
  await signup.start();
  say({ said: 'started' });
}
