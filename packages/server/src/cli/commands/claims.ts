import type { AddCommand } from '../command-context.ts';
import { addClaimsImport } from './claims/import.ts';
import { addClaimsList } from './claims/list.ts';
import { addClaimsRequestCode } from './claims/request-code.ts';
import { addClaimsRetry } from './claims/retry.ts';
import { addClaimsShow } from './claims/show.ts';
import { addClaimsVerify } from './claims/verify.ts';

const commands: readonly AddCommand[] = [
  addClaimsList,
  addClaimsShow,
  addClaimsRetry,
  addClaimsRequestCode,
  addClaimsVerify,
  addClaimsImport,
];

/** `claims`: who has taken which number. */
export const addClaims: AddCommand = (program, context) => {
  const group = program
    .command('claims')
    .description('look at what customers have claimed, and help where it does not go on')
    .helpCommand('help [command]', 'print the text of a command');
  for (const add of commands) add(group, context);
};
