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
import { tablePrinter } from '../../table.ts';

/** `pool partners`. */
export const addPoolPartners: AddCommand = (pool, context) => {
  pool
    .command('partners')
    .description('print the partners that a number is shared with')
    .argument(...numberArgument)
    .option(...configOption)
    .option(...jsonOption)
    .addHelpText('after', examples('pool partners "+1 555-010-0001"'))
    .action(
      context.ends((given: string, { config, json }: ConfigOption & { json?: boolean }) =>
        withSignup(context, config, async ({ signup }) => {
          const { terminal } = context;
          const record = await findNumber(signup.pool, given);
          const partners = await signup.pool.partners(record.id);
          if (json) {
            terminal.out(JSON.stringify(partners));
          } else if (partners.length > 0) {
            tablePrinter<(typeof partners)[number]>(terminal, [
              { header: 'BUSINESS', of: ({ businessId }) => businessId },
              { header: 'NAME', of: ({ name }) => name, cuttable: true, onlyIfAny: true },
            ]).print(partners);
          }
          if (partners.length === 0) terminal.say(`${record.displayPhoneNumber} is shared with nobody.`);
          return exitCodes.done;
        }),
      ),
    );
};
