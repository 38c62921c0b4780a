import { describe } from 'vitest';
import { configurations } from './support/configurations.ts';
import { everyFault } from './support/every-fault.ts';

describe('claims of a host with every option, part 3', () => {
  everyFault(configurations.everything, {
    engine: 'SQLite',
    part: 2,
    of: 3,
    sharedWith: configurations.plain,
  });
});
