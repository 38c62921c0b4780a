import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/databases.ts';
import { startHost, type TestHost } from '../../support/host.ts';
import { deliver, otherNode, staffOf, type Staff } from './support/staff.ts';

interface EventLine {
  id: string;
  type: string;
  claimId: string;
  state: string;
}

describe.each(engines)('events that the host was not told on $name', ({ name }) => {
  let host: TestHost;
  let staff: Staff;
  let told: string[];
  beforeEach(async () => {
    told = [];
    host = await startHost({
      engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL',
      on: { claimDismissed: (event) => told.push(event.claimId ?? '') },
    });
    staff = staffOf(host);
  });
  afterEach(() => host.close());

  /** Dismissed before anything else was done, so that this is all there is to tell. */
  async function dismissed(customerId: string): Promise<string> {
    const { id } = await deliver(host, customerId, { ownNumber: `+1555020000${customerId.length}` });
    await staff.post(`/claims/${id}/dismiss`);
    return id;
  }
  /** The host refused what is due now for a whole day. */
  async function giveUp(): Promise<void> {
    const store = otherNode(host);
    for (const lease of await store.leaseHostEvents({ now: Date.UTC(2030, 0), limit: 10 })) {
      await store.finishHostEvent({
        lease,
        now: Date.UTC(2026, 0),
        end: { do: 'give_up', error: 'HTTP 500' },
      });
    }
    await store.close();
  }
  const list = async (query = '') =>
    (await staff.get(`/events/undelivered${query}`)).body as { events: EventLine[]; nextCursor?: string };

  it('are listed with what they are about, and by their state', async () => {
    const first = await dismissed('ada');
    await giveUp();
    const second = await dismissed('grace');
    const { events } = await list();
    expect(events.map(({ claimId, state }) => [claimId, state])).toEqual([
      [first, 'dead'],
      [second, 'waiting'],
    ]);
    expect(events[0]).toMatchObject({
      type: 'claimDismissed',
      destination: 'handler',
      attempts: 1,
      lastError: 'HTTP 500',
      data: { claim: { id: first, customerId: 'ada', status: 'dismissed' } },
    });
    expect((await list('?state=dead')).events.map(({ claimId }) => claimId)).toEqual([first]);
    expect((await list('?state=waiting')).events.map(({ claimId }) => claimId)).toEqual([second]);
  });

  it('are listed page by page', async () => {
    for (const customer of ['a', 'bb', 'ccc']) await dismissed(customer);
    const all = (await list()).events.map(({ id }) => id);
    expect(all).toHaveLength(3);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await list(`?limit=1${query}`);
      expect(page.events).toHaveLength(1);
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(all);
  });

  it('that were given up are told once more when an operator asks for it', async () => {
    const claimId = await dismissed('ada');
    await giveUp();
    await host.signup.runDue();
    expect(told).toEqual([]);
    const [event] = (await list()).events;
    const answer = await staff.post(`/events/${event?.id}/redeliver`);
    expect([answer.status, answer.body]).toEqual([202, { id: event?.id, state: 'waiting' }]);
    expect((await list()).events).toMatchObject([{ id: event?.id, state: 'waiting', attempts: 0 }]);
    const again = await staff.post(`/events/${event?.id}/redeliver`);
    expect([again.status, again.body.code]).toEqual([404, 'not_found']);
    await host.signup.runDue();
    await expect.poll(() => told).toEqual([claimId]);
    await expect.poll(async () => (await list()).events).toEqual([]);
  });

  it.each(['0', '01890000-0000-7000-8000-000000000000', '%00', '..%2f..'])(
    'are not there by the id %s',
    async (id) => {
      expect((await staff.post(`/events/${id}/redeliver`)).status).toBe(404);
    },
  );

  it.each(['?state=delivered', '?limit=0', '?cursor=%00'])('refuse %s', async (query) => {
    const answer = await staff.get(`/events/undelivered${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
  });
});
