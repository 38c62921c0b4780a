import { describe, expect, test } from 'vitest';
import { at } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';
import { withNumber } from '../support/popup-client.ts';
import { messageOf, open, pressAll, type Playground } from './support/walk.ts';

describe('an account that the page names', () => {
  async function endOf(simulator: Playground, account: unknown) {
    const setup = { ...withNumber(seedOne(simulator).id), whatsAppBusinessAccount: account };
    const review = await pressAll(await open(simulator, { setup }), 'Continue', 'Continue', 'Continue');
    return { review, wabaId: at(messageOf(await review.press('Finish')), 'data', 'waba_id') };
  }

  test.each([
    ['ids', false],
    ['ids', true],
    ['id', false],
    ['id', true],
  ])('as %s (a list: %s) is shown and used when it is the person’s', async (member, asList) => {
    const simulator = await playground();
    const { wabaId } = simulator.signUp({ numberId: seedOne(simulator).id, person: 'nora' });
    const end = await endOf(simulator, { [member]: asList ? [wabaId] : wabaId });
    expect(end.review.html).toContain(`(ID ${wabaId})`);
    expect(end.wabaId).toBe(wabaId);
    expect(simulator.state().phoneNumbers.map((number) => number.wabaId)).toEqual([wabaId, wabaId]);
  });

  test('and is somebody else’s, unknown or null makes no difference', async () => {
    const simulator = await playground();
    const { wabaId } = simulator.signUp({ numberId: seedOne(simulator).id, person: 'tomas' });
    for (const ids of [wabaId, '404', null, []]) {
      const end = await endOf(simulator, { ids });
      expect(end.review.html).not.toContain('WhatsApp Business account</dt>');
      expect(end.wabaId).not.toBe(wabaId);
    }
    expect(simulator.state().accounts).toHaveLength(5);
  });
});
