import type { AddCommand } from '../command-context.ts';
import { addMigrate } from './migrate.ts';
import { addSecrets } from './secrets.ts';
import { addWorker } from './worker.ts';

/** All commands, in the order of the help. */
export const commands: readonly AddCommand[] = [addWorker, addMigrate, addSecrets];
