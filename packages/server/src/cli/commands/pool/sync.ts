import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { printFacts } from '../../table.ts';

/** `pool sync`. */
export const addPoolSync: AddCommand = (pool, context) => {
  pool
    .command('sync')
    .description('fetch the pool from Meta now; the servers do it by themselves as well')
    .option(...configOption)
    .option(...jsonOption)
    .addHelpText('after', examples('pool sync --config signup.config.mjs'))
    .action(
      context.ends(({ config, json }: ConfigOption & { json?: boolean }) =>
        withSignup(context, config, async ({ signup }) => {
          const { terminal } = context;
          terminal.progress('reading the pool from Meta …');
          const synced = await signup.pool.sync();
          if (json) terminal.out(JSON.stringify(synced));
          else {
            printFacts(terminal, [
              ['listed by Meta', String(synced.listed)],
              ['lapsed of these', String(synced.lapsed)],
              ['shared with you', String(synced.shared)],
              ['gone since last time', String(synced.gone)],
            ]);
          }
          return exitCodes.done;
        }),
      ),
    );
};
