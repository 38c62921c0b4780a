import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../src/cli/numbers/find-number-in-service.ts';
import { engines, openStore } from '../support/databases.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

describe.each(engines)('the claim that owns a number, on $name', ({ create }) => {
  it('is found behind any number of claims that are over', async () => {
    const database = await create();
    const store = await openStore(database.address);
    try {
      const claim = (n: number, number: string) => ({
        id: `claim-${String(n).padStart(4, '0')}`,
        // A search for the number’s id finds a customer with that name as well.
        customerId: n === 0 ? 'ada' : '7000',
        wabaId: '900',
        phoneNumberId: number,
        phoneNumber: `+1415555${number}`,
        sealedToken: undefined,
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: undefined,
      });
      const others = Array.from({ length: 600 }, (_, n) => claim(n + 1, String(7_001 + n)));
      await store.importClaims({ now: t0, who: 'ann', claims: [claim(0, '7000'), ...others] });
      const claims = { list: store.listClaims };
      expect((await ownerOf({ claims }, '7000'))?.id).toBe('claim-0000');
      expect(await ownerOf({ claims }, '6999')).toBeUndefined();
    } finally {
      await store.close();
      await database.drop();
    }
  });
});
