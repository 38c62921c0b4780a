import type { AddCommand } from '../command-context.ts';
import { addNumbersIdentityCheck } from './numbers/identity-check.ts';
import { addNumbersRegister } from './numbers/register.ts';
import { addNumbersShow } from './numbers/show.ts';

const commands: readonly AddCommand[] = [addNumbersShow, addNumbersIdentityCheck, addNumbersRegister];

/** `numbers`: numbers on customers' accounts. */
export const addNumbers: AddCommand = (program, context) => {
  const group = program
    .command('numbers')
    .description('look after the numbers that customers have in service')
    .helpCommand('help [command]', 'print the text of a command');
  for (const add of commands) add(group, context);
};
