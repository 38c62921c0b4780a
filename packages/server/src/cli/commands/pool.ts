import type { AddCommand } from '../command-context.ts';
import { addPoolAdd } from './pool/add.ts';
import { addPoolOverview } from './pool/overview.ts';
import { addPoolDelete } from './pool/delete.ts';
import { addPoolImport } from './pool/import.ts';
import { addPoolList } from './pool/list.ts';
import { addPoolPartners } from './pool/partners.ts';
import { addPoolRequestCode } from './pool/request-code.ts';
import { addPoolShare, addPoolUnshare } from './pool/share.ts';
import { addPoolShow } from './pool/show.ts';
import { addPoolSync } from './pool/sync.ts';
import { addPoolVerify } from './pool/verify.ts';

const commands: readonly AddCommand[] = [
  addPoolAdd,
  addPoolImport,
  addPoolList,
  addPoolShow,
  addPoolOverview,
  addPoolRequestCode,
  addPoolVerify,
  addPoolShare,
  addPoolUnshare,
  addPoolPartners,
  addPoolDelete,
  addPoolSync,
];

/** `pool`: a pre-verified number's whole life. */
export const addPool: AddCommand = (program, context) => {
  const group = program
    .command('pool')
    .description('look after the pre-verified numbers')
    .helpCommand('help [command]', 'print the text of a command');
  for (const add of commands) add(group, context);
};
