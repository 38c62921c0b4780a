import { resolveOptions } from '../../config/resolve-options.ts';
import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { optionsFor } from '../options-for.ts';
import { shownOptions } from '../shown-options.ts';
import { printFacts } from '../table.ts';

/** `config`: what the kit understands of its options. */
export const addConfig: AddCommand = (program, context) => {
  program
    .command('config')
    .description(
      'print the options with all defaults; of a secret only whether it is set, and how long it is',
    )
    .option(...configOption)
    .option(...jsonOption)
    .addHelpText('after', examples('config --config signup.config.mjs', 'config --json | jq .database'))
    .action(
      context.ends(async ({ config, json }: ConfigOption & { json?: boolean }) => {
        const { options, file } = await optionsFor(config, context.env);
        const shown = shownOptions(options, resolveOptions(options));
        if (json) context.terminal.out(JSON.stringify(Object.fromEntries(shown)));
        else
          printFacts(
            context.terminal,
            shown.map(([name, value]) => [name, inWords(value)]),
          );
        context.terminal.say(
          `These options come from ${file ?? 'the environment'}, and are well formed. Nothing was asked of Meta or of the database.`,
        );
        return exitCodes.done;
      }),
    );
};

const inWords = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};
