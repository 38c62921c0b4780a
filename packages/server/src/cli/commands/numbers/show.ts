import { findOrRead } from '../../../numbers/find-or-read.ts';
import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { findNumberInService, numberInServiceArgument } from '../../numbers/find-number-in-service.ts';
import { asBody, withChanges } from '../../numbers/number-in-service.ts';
import { printNumberInService } from '../../numbers/print-number-in-service.ts';
import { withSignup } from '../../open-signup.ts';

interface ShowOptions extends ConfigOption {
  refresh?: boolean;
  json?: boolean;
}

/** `numbers show`. */
export const addNumbersShow: AddCommand = (numbers, context) => {
  numbers
    .command('show')
    .description('print all that is known of a number in service, and what changed about it')
    .argument(...numberInServiceArgument)
    .option('--refresh', 'read it from Meta first')
    .option(...configOption)
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples('numbers show "+1 555-010-0001"', 'numbers show 106540352242922 --refresh --json'),
    )
    .action(
      context.ends((given: string, { config, refresh = false, json }: ShowOptions) =>
        withSignup(context, config, async ({ signup, now }) => {
          const id = await findNumberInService(signup, given);
          const record = await (refresh ? signup.numbers.refresh(id) : findOrRead(signup.numbers, id));
          const number = await withChanges(signup, record);
          if (json) context.terminal.out(JSON.stringify(asBody(number)));
          else printNumberInService(context, { ...number, now: now() });
          return exitCodes.done;
        }),
      ),
    );
};
