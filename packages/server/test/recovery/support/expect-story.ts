import { expect } from 'vitest';
import { expectOwned, untilRegistered } from './oracle.ts';
import { startRecoveryHost } from './recovery-host.ts';
import { day, hour, refused, tellStory, type Death, type Webhook } from './stories.ts';

/** One cell of the matrix: whatever happened to the browser and to the webhook, the number is the customer's. */
export async function expectStory(story: {
  death: Death;
  webhook: Webhook;
  tokens: 'given' | 'refused';
  engine: 'SQLite' | 'PostgreSQL';
}): Promise<void> {
  const host = await startRecoveryHost({ engine: story.engine });
  try {
    const faults = story.tokens === 'given' ? [] : [refused('POST', '/*/system_user_access_tokens')];
    // On PostgreSQL two nodes look at the same accounts; with SQLite a process ends before it has done what it heard of.
    if (story.engine === 'PostgreSQL') await host.addNode();
    const { tab, popup } = await tellStory(host, { ...story, faults });
    if (story.engine === 'SQLite' && story.tokens === 'refused') await host.restart();
    await untilRegistered(host, popup);
    const owner = { customerId: 'lucky-shrub', popup, poolNumberId: tab.numbers[0]?.id };
    const claim = await expectOwned(host, owner);

    // Neither Meta's repetitions nor the sweeps of the days that follow change anything.
    await host.deliver();
    await host.wait(2 * day, 6 * hour);
    expect(await expectOwned(host, owner)).toMatchObject({ id: claim.id, createdAt: claim.createdAt });
    expect(
      (await host.records()).map(({ id }) => id),
      'no second claim',
    ).toEqual([claim.id]);
    expect(host.errors).toEqual([]);
  } finally {
    await host.close();
  }
}
