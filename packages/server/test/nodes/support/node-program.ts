// One of several nodes, in a process of its own: torture/support/host.ts on a machine whose clock may be wrong. Bundled by
// bundle-program.ts, forked by start-node.ts. Settings come as JSON in NODE_SETTINGS, words go out as JSON lines.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import express from 'express';
import { deriveKeys } from '../../../src/config/derive-keys.ts';
import { Secret } from '../../../src/config/secret.ts';
import { createEmbeddedSignup } from '../../../src/index.ts';
import { createJoseCipher } from '../../../src/system/jose-cipher.ts';
import { trapPorts } from '../../torture/support/trapped-ports.ts';
import type { FromHost } from '../../torture/support/words.ts';
import type { NodeSettings } from './start-node.ts';

const settings = JSON.parse(process.env['NODE_SETTINGS'] ?? '{}') as NodeSettings; // written by start-node.ts
/** Straight into the pipe: what was said is out, whatever happens next. */
const say = (word: FromHost) => void writeSync(1, `${JSON.stringify(word)}\n`);

// A test that is gone leaves no node behind.
process.on('disconnect', () => process.exit(3));

// Whatever asks for the time in this process gets the wrong one, as on a machine without NTP.
const machine = Date.now;
Date.now = () => machine() + settings.clockAheadMs;

// No trap is ever set: of the trapped ports only what they tell of codes and PINs is wanted here.
const ports = trapPorts(await createJoseCipher(deriveKeys([new Secret(settings.secret)], 'data')), say);
// The kit's own clock is what is looked at here.
const { clock: _trapped, ...deps } = ports.deps;
const signup = await createEmbeddedSignup({
  meta: settings.meta,
  database: settings.database,
  secrets: [settings.secret],
  customer: (req) => req.get('x-customer'),
  deps: {
    ...deps,
    leaseMs: settings.leaseMs,
  },
});

const app = express();
app.use('/signup', signup.router);
app.use('/operator', signup.operator);
const server = createServer(app);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (typeof address === 'object' && address !== null) say({ said: 'listening', port: address.port });
// A test that only wants the routes of this node lets no worker begin.
if (settings.works) await signup.start();
say({ said: 'started' });

process.once('SIGTERM', () => {
  server.close(() => void signup.close().finally(() => process.exit()));
  server.closeAllConnections();
});
