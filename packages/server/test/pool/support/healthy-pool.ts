import request from 'supertest';
import { expect } from 'vitest';
import {
  createEmbeddedSignup,
  type EmbeddedSignup,
  type EmbeddedSignupOptions,
  type HostEvent,
} from '../../../src/index.ts';
import type { HostEventType } from '../../../src/domain/host-event-types.ts';
import { day } from '../../../src/domain/durations.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { canaries, startHost, type TestHost } from '../../support/host.ts';

export const relaySecret = 'relay-of-the-bsp-0123456789-0123456789';

/** What the host was told, and when. */
export interface Told {
  event: HostEvent;
  /** Days after the start. */
  day: number;
}

/** A host that nobody attends to. */
export interface HealthyPool {
  host: TestHost;
  told: Told[];
  /** The days on which events of a type came. */
  days(type: HostEventType): number[];
  /** Passes time in steps, with a round of every node at each, texts handed over in between. */
  live(days: number, step: number): Promise<void>;
  /** The numbers that a customer is given. */
  offered(customerId: string, country?: string): Promise<string[]>;
  /** The one number of the pool with these digits. */
  number(phoneNumber: string): ReturnType<EmbeddedSignup['pool']['find']>;
  close(): Promise<void>;
}

const poolEvents = ['numberExpiring', 'numberUnverified', 'poolLow'] as const;

/** Starts one. With `sms` every text that reaches a number is posted to `/signup/sms`. */
export async function startPool(
  database: TestDatabase,
  over: Partial<EmbeddedSignupOptions> & { numbers?: number; nodes?: 1 | 2 } = {},
): Promise<HealthyPool> {
  const { nodes = 1, numbers, ...given } = over;
  const told: Told[] = [];
  const hear = (event: HostEvent) => void told.push({ event, day: (host.sim.now() - t0) / day });
  const options: Partial<EmbeddedSignupOptions> = {
    recovery: false,
    on: Object.fromEntries(poolEvents.map((type) => [type, hear])),
    ...given,
    database: database.address,
  };
  const host: TestHost = await startHost({ ...options, ...(numbers === undefined ? {} : { numbers }) });
  const signups = [host.signup];
  if (nodes === 2) {
    signups.push(
      await createEmbeddedSignup({
        ...options,
        meta: host.sim.meta,
        secrets: [canaries.secret],
        customer: (req) => req.get('x-customer'),
        deps: {
          clock: { now: () => host.sim.now() },
          timer: { after: () => ({ cancel: () => undefined }) },
          logger: { debug() {}, info() {}, warn() {}, error() {} },
        },
      }),
    );
  }
  let read = 0;
  const handOver = async (): Promise<boolean> => {
    const arrived = host.sim.inbox().slice(read);
    read += arrived.length;
    for (const { to, text } of arrived) {
      const answer = await request(host.app)
        .post('/signup/sms')
        .set('authorization', `Bearer ${relaySecret}`)
        .send({ to, body: text });
      expect(answer.status).toBeLessThan(300);
    }
    return arrived.length > 0;
  };
  const round = async (): Promise<void> => void (await Promise.all(signups.map((signup) => signup.runDue())));
  return {
    host,
    told,
    days: (type) => told.filter(({ event }) => event.type === type).map((one) => one.day),
    async live(days, step) {
      const until = host.sim.now() + days * day;
      while (host.sim.now() < until) {
        await round();
        // A code lives for minutes, and a step may be of hours.
        if (options.sms !== undefined && (await handOver())) await round();
        host.pass(Math.min(step, until - host.sim.now()));
      }
      await round();
    },
    async offered(customerId, country) {
      const opened = await host.open(customerId, country === undefined ? {} : { country });
      return opened.numbers.map(({ phoneNumber }) => phoneNumber);
    },
    async number(phoneNumber) {
      const { items } = await host.signup.pool.list({ search: phoneNumber, limit: 2 });
      const [only] = items;
      if (only === undefined || items.length > 1) throw new Error(`${items.length} numbers ${phoneNumber}`);
      return host.signup.pool.find(only.id);
    },
    async close() {
      await signups[1]?.close();
      await host.close();
    },
  };
}
