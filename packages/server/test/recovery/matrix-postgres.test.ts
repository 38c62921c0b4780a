import { describe, it } from 'vitest';
import { expectStory } from './support/expect-story.ts';
import { everyStory } from './support/stories.ts';

// Every death and every webhook, each pair once in the long run; in the short one each of them at least once.
const stories = everyStory
  .flatMap(([death, webhook]) => [
    [death, webhook, 'given' as const] as const,
    [death, webhook, 'refused' as const] as const,
  ])
  .filter((_story, index) => process.env['TEST_LONG'] === '1' || index % 11 === 0);

describe('a number whose customer’s browser dies, on PostgreSQL', () => {
  it.each(stories)('%s, is theirs when the webhook comes %s, tokens %s', async (death, webhook, tokens) => {
    await expectStory({ death, webhook, tokens, engine: 'PostgreSQL' });
  });
});
