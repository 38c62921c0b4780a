import { numberCallView, numberView } from '../../../http/number-view.ts';
import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { findNumber } from '../../pool/find-number.ts';
import { numberArgument } from '../../pool/number-argument.ts';
import { printNumber } from '../../pool/print-number.ts';

/** `pool show`. */
export const addPoolShow: AddCommand = (pool, context) => {
  pool
    .command('show')
    .description('print all that is known of a number, and the codes that were asked for and handed in')
    .argument(...numberArgument)
    .option(...configOption)
    .option(...jsonOption)
    .addHelpText('after', examples('pool show "+1 555-010-0001"', 'pool show 1234567890 --json'))
    .action(
      context.ends((given: string, { config, json }: ConfigOption & { json?: boolean }) =>
        withSignup(context, config, async ({ signup, now, businessId }) => {
          const record = await findNumber(signup.pool, given);
          const calls = await signup.pool.calls(record.id);
          const at = now();
          if (json) {
            context.terminal.out(
              JSON.stringify({
                number: numberView(record, at, businessId),
                calls: calls.map(numberCallView),
              }),
            );
          } else {
            printNumber(context, { record, calls, now: at, businessId });
          }
          return exitCodes.done;
        }),
      ),
    );
};
