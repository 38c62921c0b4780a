import { examples, type AddCommand } from '../../command-context.ts';
import { UsageError } from '../../cli-error.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { findNumber } from '../../pool/find-number.ts';
import { numberArgument } from '../../pool/number-argument.ts';
import { withNumberOptions, type NumberCommandOptions } from '../../pool/number-command.ts';
import { whoActs } from '../../who-acts.ts';

interface DeleteOptions extends NumberCommandOptions {
  force?: boolean;
  yes?: boolean;
}

/** `pool delete`. */
export const addPoolDelete: AddCommand = (pool, context) => {
  const { terminal } = context;
  const command = pool
    .command('delete')
    .description('take a number out of the pool, at Meta')
    .argument(...numberArgument)
    .option('--force', 'also when it is held for a customer or claimed')
    .option('--yes', 'do not ask');
  withNumberOptions(command)
    .addHelpText('after', examples('pool delete "+1 555-010-0001"', 'pool delete 1234567890 --force --yes'))
    .action(
      context.ends((given: string, { force = false, yes = false, config, as, json }: DeleteOptions) => {
        const who = whoActs(as, context);
        return withSignup(context, config, async ({ signup }) => {
          const record = await findNumber(signup.pool, given);
          if (!yes) {
            const answer = await terminal.ask(`Delete ${record.displayPhoneNumber} from the pool? [y/N] `);
            if (answer === undefined) throw new UsageError('nobody can be asked here; confirm with --yes.');
            if (!/^y(es)?$/i.test(answer)) {
              terminal.say('Nothing was deleted.');
              return exitCodes.failed;
            }
          }
          await signup.pool.delete(record.id, who, { force });
          if (json) {
            terminal.out(JSON.stringify({ id: record.id, phoneNumber: record.phoneNumber, deleted: true }));
          }
          terminal.say(`${record.displayPhoneNumber} is deleted from the pool.`);
          return exitCodes.done;
        });
      }),
    );
};
