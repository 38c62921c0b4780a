import { configOption, examples, type AddCommand, type ConfigOption } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withSignup } from '../open-signup.ts';

/** `migrate`: the schema before the servers, where a deployment wants it so; each server does the same when it starts. */
export const addMigrate: AddCommand = (program, context) => {
  const { terminal, ends } = context;
  program
    .command('migrate')
    .description('bring the database up to date, or make it, and print what was applied')
    .option(...configOption)
    .addHelpText('after', examples('migrate --config signup.config.mjs'))
    .action(
      ends(({ config }: ConfigOption) =>
        withSignup(
          context,
          config,
          ({ signup: { migrated }, place }) => {
            for (const name of migrated) terminal.out(name);
            terminal.say(
              migrated.length === 0
                ? `The schema is up to date; there was nothing to apply (${place}).`
                : `The schema is up to date; ${migrated.length} applied (${place}).`,
            );
            return Promise.resolve(exitCodes.done);
          },
          { database: 'made' },
        ),
      ),
    );
};
