import { describe, it } from 'vitest';
import { expectStory } from './support/expect-story.ts';
import { everyStory } from './support/stories.ts';

describe('a number whose customer’s browser dies, when Meta gives their token', () => {
  it.each(everyStory)('%s, is theirs when the webhook comes %s', async (death, webhook) => {
    await expectStory({ death, webhook, tokens: 'given', engine: 'SQLite' });
  });
});
