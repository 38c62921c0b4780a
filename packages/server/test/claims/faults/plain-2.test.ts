import { describe } from 'vitest';
import { configurations } from './support/configurations.ts';
import { everyFault } from './support/every-fault.ts';

describe('claims of a plain host, part 2', () => {
  everyFault(configurations.plain, { engine: 'SQLite', part: 1, of: 2 });
});
