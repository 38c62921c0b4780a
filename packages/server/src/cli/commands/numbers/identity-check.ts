import { Argument } from 'commander';
import {
  asOption,
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { findNumberInService, numberInServiceArgument } from '../../numbers/find-number-in-service.ts';
import { asBody, withChanges } from '../../numbers/number-in-service.ts';
import { withSignup } from '../../open-signup.ts';
import { whoActs } from '../../who-acts.ts';

interface IdentityCheckOptions extends ConfigOption {
  as?: string;
  json?: boolean;
}

/** `numbers identity-check`. */
export const addNumbersIdentityCheck: AddCommand = (numbers, context) => {
  numbers
    .command('identity-check')
    .description('have Meta tell who the customers of a number are, or no more')
    .argument(...numberInServiceArgument)
    .addArgument(new Argument('<on-or-off>', 'whether Meta is to do it').choices(['on', 'off']))
    .option(...configOption)
    .addOption(asOption())
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples('numbers identity-check "+1 555-010-0001" on', 'numbers identity-check 106540352242922 off'),
    )
    .action(
      context.ends((given: string, wanted: string, { config, as, json }: IdentityCheckOptions) => {
        const who = whoActs(as, context);
        const enabled = wanted === 'on';
        return withSignup(context, config, async ({ signup }) => {
          const id = await findNumberInService(signup, given);
          const record = await signup.numbers.setIdentityCheck(id, who, enabled);
          if (json) context.terminal.out(JSON.stringify(asBody(await withChanges(signup, record))));
          context.terminal.say(
            enabled
              ? `The identity check of ${record.displayPhoneNumber} is on: each message brings its customer’s hash.`
              : `The identity check of ${record.displayPhoneNumber} is off.`,
          );
          return exitCodes.done;
        });
      }),
    );
};
