import { randomBytes } from 'node:crypto';
import { createEmbeddedSignup } from '@embedded-signup-kit/server';
import { startSimulator } from '@embedded-signup-kit/simulator';
import { createSite } from './create-site.ts';

const port = Number(process.env['PORT'] ?? 4100);

// Meta, in this process only: everything is forgotten when it stops.
const simulator = await startSimulator({ numbers: 9 });
const signup = await createEmbeddedSignup({
  meta: simulator.meta,
  database: 'sqlite::memory:',
  secrets: [randomBytes(32).toString('base64')],
  // A stand-in: everybody is this customer. Return the id of whoever is logged in to your site, or undefined.
  customer: () => 'lucky-shrub',
});
const server = createSite({ signup, sdkUrl: simulator.meta.sdkUrl }).listen(port, '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Plain HTML, React and Vue at http://localhost:${port}`);
});
await signup.start();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    void signup
      .close()
      .then(simulator.close)
      .finally(() => process.exit());
  });
}
