import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { startIdentityHost, type IdentityHost } from '../identity/support/identity-host.ts';
import { isReadInService } from '../support/host.ts';

const day = 86_400_000;

describe('numbers that are overdue', () => {
  let host: IdentityHost;
  let engine: Engine;
  beforeEach(async () => {
    host = await startIdentityHost({ identityCheck: false });
    engine = openDatabase(host.database.address, {
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onLostConnection: () => undefined,
    });
    await own(0, 300);
    await engine.write((trx) =>
      sql`update signup_phone_numbers set run_at = ${t0 - day}, urgent = null`.execute(trx),
    );
  });
  afterEach(async () => {
    await engine.close();
    await host.close();
  });
  const own = async (from: number, count: number) => {
    for (let n = from; n < from + count; n += 100) {
      const rows = Array.from({ length: Math.min(100, from + count - n) }, (_, k) => ({
        customerId: `customer-${n + k}`,
        wabaId: String(900_000_000_000_000 + n + k),
        phoneNumberId: String(800_000_000_000_000 + n + k),
        phoneNumber: `+1555300${1_000 + n + k}`,
      }));
      await host.signup.claims.import(rows, 'ann');
    }
  };
  const reads = () =>
    host.sim.requests().flatMap((call) => (isReadInService(call) ? [call.path.slice(1)] : []));
  /** In which turn of five seconds, from the next one on, a number is read. */
  const turnOf = async (id: string): Promise<number> => {
    for (let turn = 1; turn < 30; turn += 1) {
      host.pass(5_000);
      await host.signup.runDue();
      if (reads().includes(id)) return turn;
    }
    return Infinity;
  };

  it('hold up no number of which there is news', async () => {
    const popup = host.sim.signUp({ ownNumber: '+15552000001' });
    const id = String(popup.phoneNumberId);
    const row = {
      customerId: 'ada',
      wabaId: String(popup.wabaId),
      phoneNumberId: id,
      phoneNumber: '+15552000001',
    };
    await host.signup.claims.import([row], 'ann');
    host.sim.emit({ kind: 'account-update', wabaId: row.wabaId, event: 'VOLUME_BASED_PRICING_TIER_UPDATE' });
    await host.sim.deliver();
    // Ten seconds after the webhook.
    expect(await turnOf(id)).toBeLessThanOrEqual(3);
  });

  it('are more per turn while there are many, each of them once', async () => {
    host.pass(5_000);
    await host.signup.runDue();
    expect(reads()).toHaveLength(100);
    host.pass(5_000);
    await host.signup.runDue();
    host.pass(5_000);
    await host.signup.runDue();
    expect(reads()).toHaveLength(300);
    expect(new Set(reads()).size).toBe(300);
  });

  it('are no more than a slice per turn while Meta is away', async () => {
    host.sim.setFaults([
      {
        match: { method: 'GET' },
        times: 'always',
        fault: { kind: 'error', status: 500, error: { code: 2, message: 'Service temporarily unavailable' } },
      },
    ]);
    host.pass(5_000);
    await host.signup.runDue();
    expect(new Set(reads()).size).toBe(25);
  });
});
