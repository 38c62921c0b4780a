// @ts-check
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createEmbeddedSignup, optionsFromEnv } from '@embedded-signup-kit/server';
import express from 'express';

const port = Number(process.env.PORT ?? 3000);
const widget = createRequire(import.meta.url).resolve('@embedded-signup-kit/widget/cdn');
const page = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Connect WhatsApp</title>
  <link rel="icon" href="data:,">
  <script type="module" src="/widget/embedded-signup.js"></script>
  <embedded-signup server="/signup"></embedded-signup>
</html>`;

const signup = await createEmbeddedSignup({
  ...optionsFromEnv(),
  // A stand-in: everybody is this customer. Return the id of whoever is logged in to your site, or undefined.
  customer: (_req) => 'demo-customer',
});

// A stand-in, too: ask your own staff log-in. Without STAFF_TOKEN nobody gets in.
/** @param {express.Request} req @param {express.Response} res @param {express.NextFunction} next */
function requireStaff(req, res, next) {
  const token = process.env.STAFF_TOKEN;
  if (token && req.get('authorization') === `Bearer ${token}`) next();
  else res.status(401).json({ detail: 'Send STAFF_TOKEN as Authorization: Bearer.' });
}

const app = express();
app.use('/signup', signup.router);
app.use('/operator', requireStaff, signup.operator);
app.use('/widget', express.static(dirname(widget)));
app.get('/', (_req, res) => void res.send(page));
const server = app.listen(port, '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Ready at http://localhost:${port}`);
});
await signup.start();

for (const signal of ['SIGINT', 'SIGTERM']) {
  // First no more requests, then no more work: what came in is answered.
  process.once(signal, () => server.close(() => void signup.close().finally(() => process.exit())));
}
