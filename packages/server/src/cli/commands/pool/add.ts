import {
  examples,
  asOption,
  configOption,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import type { EmbeddedSignup } from '../../../embedded-signup.ts';
import { exitCodeOf, exitCodeOfParts } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { countryOption } from '../../pool/country-option.ts';
import { tablePrinter, type Column } from '../../table.ts';
import type { Colour } from '../../terminal.ts';
import { whoActs } from '../../who-acts.ts';

interface AddOptions extends ConfigOption {
  country?: string;
  as?: string;
  json?: boolean;
}

type Added = Awaited<ReturnType<EmbeddedSignup['pool']['add']>>[number];

const colours: Readonly<Record<Added['outcome'], Colour>> = {
  added: 'green',
  known: 'dim',
  invalid: 'red',
  refused: 'red',
  unsure: 'yellow',
  stopped: 'yellow',
};

const columns: readonly Column<Added>[] = [
  { header: 'NUMBER', of: ({ phoneNumber, given }) => phoneNumber ?? given },
  { header: 'OUTCOME', of: ({ outcome }) => outcome, colour: ({ outcome }) => colours[outcome] },
  { header: 'ID', of: ({ id }) => id, onlyIfAny: true },
  { header: 'WHY', of: ({ reason }) => reason?.message, onlyIfAny: true },
];

/** `pool add`. */
export const addPoolAdd: AddCommand = (pool, context) => {
  const { terminal, signals } = context;
  pool
    .command('add')
    .description('add numbers to the pool at Meta; one that is there already is left as it is')
    .argument('<numbers...>', 'with calling code, as people write them; in quotes where they have spaces')
    .addOption(countryOption())
    .option(...configOption)
    .addOption(asOption())
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'pool add "+1 555-010-0001" +493012345678',
        'pool add 030/12345678 --country DE',
        'pool add "+1 555-010-0001" --json',
      ),
    )
    .action(
      context.ends((numbers: string[], { country, config, as, json }: AddOptions) => {
        const who = whoActs(as, context);
        return withSignup(context, config, async ({ signup }) => {
          const results = await signup.pool.add(numbers, {
            who,
            country,
            signal: signals.gracefully(),
            onProgress: ({ done, total }) => terminal.progress(`adding: ${done} of ${total}`),
          });
          if (json) terminal.out(JSON.stringify(results.map(addedView)));
          else tablePrinter(terminal, columns).print(results);
          const done = results.filter(({ outcome }) => outcome === 'added' || outcome === 'known').length;
          if (done > 0 && !json) {
            terminal.say('Numbers are verified by a code: embedded-signup pool request-code <number>');
          }
          const heard = signals.heard();
          if (heard !== undefined && done < results.length) return exitCodeOf[heard];
          return exitCodeOfParts({ done, failed: results.length - done });
        });
      }),
    );
};

/** As JSON. Times are ISO 8601, UTC. */
const addedView = ({ retryAt, ...added }: Added) => ({
  ...added,
  ...(retryAt !== undefined && { retryAt: new Date(retryAt).toISOString() }),
});
