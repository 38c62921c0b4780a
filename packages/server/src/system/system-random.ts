import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Random } from '../ports/random.ts';

/** Chance from the operating system. */
export const systemRandom: Random = { id: () => v7(), below: (limit) => randomInt(limit) };
