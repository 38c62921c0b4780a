import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedSignupOptions } from '@embedded-signup-kit/server';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { onFreePort } from './on-free-port.ts';
import type { WantedPort } from './read-arguments.ts';
import { sendButToLandlines, tellOfCall } from './simulated-telephones.ts';

/** Numbers that regulators keep free for fiction, so that nobody's telephone is in the demo. */
const verified = [
  ['+1 202-555-0143', '+44 20 7946 0018', '+61 3 7010 4521'],
  ['+1 415-555-0176', '+44 161 496 0127', '+61 2 5550 9034'],
];
const lapsed = ['+1 212-555-0118'];
/** Texts to it do not arrive, as with many a landline: it is the one that people have to verify. */
export const landline = '+44 113 496 0042';
const day = 24 * 60 * 60 * 1000;

/** Starts a Meta that exists in this process only, with a few numbers in its pool. */
export async function startSimulatedMeta(wanted: WantedPort): Promise<Simulator> {
  const simulator: Simulator = await onFreePort(wanted, '--simulator-port', (port) =>
    startSimulator({
      port,
      send: sendButToLandlines([landline]),
      onCode: ({ to, method }) => {
        // Afterwards: it is being sent at this moment.
        if (method === 'VOICE') setImmediate(() => tellOfCall(simulator.inbox(to).at(-1)));
      },
    }),
  );
  // A verification lasts for weeks; numbers that were verified on different days also lapse on different days.
  verified.forEach((phoneNumbers, index) => {
    simulator.seedNumbers({ phoneNumbers, verifiedAt: simulator.now() - index * 5 * day });
  });
  simulator.seedNumbers({ phoneNumbers: lapsed, status: 'EXPIRED' });
  simulator.seedNumbers({ phoneNumbers: [landline], status: 'NOT_VERIFIED' });
  return simulator;
}

/**
 * Has the simulator tell the site what Meta would, by which a sign-up is found whose page was closed; and hand in the texts
 * that reach the numbers, as the company would that the numbers are rented from.
 */
export async function connectTo(
  simulator: Simulator,
  { host, port, smsSecret }: { host: string; port: number; smsSecret: string },
): Promise<void> {
  const everywhere = host === '0.0.0.0' || host === '::';
  const signup = `http://${everywhere ? '127.0.0.1' : host}:${port}/signup`;
  await simulator.setWebhook({ url: `${signup}/webhook` });
  simulator.setSms({ url: `${signup}/sms`, secret: smsSecret });
}

/**
 * A database and secrets for one run: the simulator forgets everything when it stops, so a database that
 * remembered would speak of numbers that Meta does not know.
 */
export function passingStorage(): Pick<EmbeddedSignupOptions, 'database' | 'secrets'> {
  const folder = mkdtempSync(join(tmpdir(), 'harbor-messaging-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return {
    database: `sqlite:${join(folder, 'signup.db')}`,
    secrets: [newSecret()],
  };
}

/** Random, and long enough for everything here. */
export function newSecret(): string {
  return randomBytes(32).toString('base64');
}
