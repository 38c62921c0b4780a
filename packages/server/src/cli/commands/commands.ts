import type { AddCommand } from '../command-context.ts';
import { addClaims } from './claims.ts';
import { addConfig } from './config.ts';
import { addDoctor } from './doctor.ts';
import { addMigrate } from './migrate.ts';
import { addNumbers } from './numbers.ts';
import { addPool } from './pool.ts';
import { addSecrets } from './secrets.ts';
import { addWorker } from './worker.ts';

/** All commands, in the order of the help. */
export const commands: readonly AddCommand[] = [
  addPool,
  addClaims,
  addNumbers,
  addWorker,
  addMigrate,
  addSecrets,
  addConfig,
  addDoctor,
];
