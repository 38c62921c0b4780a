import { describe } from 'vitest';
import { configurations } from './support/configurations.ts';
import { everyFault } from './support/every-fault.ts';

describe('claims on PostgreSQL', () => {
  describe.each(Object.values(configurations))('of a host $name', (configuration) => {
    everyFault(configuration, { engine: 'PostgreSQL', isSample: true });
  });
});
