// A host in a process of its own, with ports at which the test can kill it. Bundled by bundle-program.ts, forked by
// host-process.ts. Settings come as JSON in TORTURE_HOST, words go out as JSON lines.
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import express from 'express';
import { deriveKeys } from '../../../src/config/derive-keys.ts';
import { Secret } from '../../../src/config/secret.ts';
import { createEmbeddedSignup } from '../../../src/index.ts';
import { createJoseCipher } from '../../../src/system/jose-cipher.ts';
import { trapPorts } from './trapped-ports.ts';
import type { FromHost, HostSettings, ToHost } from './words.ts';

const settings = JSON.parse(process.env['TORTURE_HOST'] ?? '{}') as HostSettings; // written by host-process.ts
/** Straight into the pipe: what was said is out, whatever happens next. */
const say = (word: FromHost) => void writeSync(1, `${JSON.stringify(word)}\n`);

// A test that is gone leaves no host behind.
process.on('disconnect', () => process.exit(3));

const ports = trapPorts(await createJoseCipher(deriveKeys([new Secret(settings.secret)], 'data')), say);
const signup = await createEmbeddedSignup({
  meta: settings.meta,
  database: settings.database,
  secrets: [settings.secret],
  customer: (req) => req.get('x-customer'),
  deps: ports.deps,
});

const app = express();
let isStopping = false;
// Whoever keeps a connection open is told that it ends with this answer.
app.use((_req, res, next) => {
  if (isStopping) res.set('connection', 'close');
  next();
});
app.use('/signup', signup.router);
const server = createServer(app);
server.on('connection', ({ remotePort }) => {
  if (remotePort !== undefined) say({ said: 'accepted', from: remotePort });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) say({ said: 'listening', port: address.port });
});

process.on('message', (word: ToHost) => {
  const calls = ports.counted();
  if (word.do === 'trap') ports.set(word.trap);
  else ports.count(word.ports);
  process.send?.(calls);
});

// As the documentation of `close` asks: the HTTP server first, so that no request comes in meanwhile.
process.once('SIGTERM', () => {
  isStopping = true;
  server.close(() => void signup.close().finally(() => process.exit()));
});

await signup.start();
say({ said: 'started' });
