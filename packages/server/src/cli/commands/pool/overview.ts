import type { NumberState } from '../../../domain/number-lifecycle.ts';
import type { NumberInNeed, NumbersInNeed } from '../../../pool/look-over-pool.ts';
import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type CommandContext,
  type ConfigOption,
} from '../../command-context.ts';
import { dayOf, distance } from '../../distance.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { colourOfState, meaningOfState } from '../../pool/number-words.ts';
import { tablePrinter } from '../../table.ts';

const states: readonly NumberState[] = ['free', 'held', 'claimed', 'unverified', 'lapsed', 'gone'];

/** `pool overview`. */
export const addPoolOverview: AddCommand = (pool, context) => {
  pool
    .command('overview')
    .description('print how many numbers stand where, and which need a hand soon')
    .option(...configOption)
    .option(...jsonOption)
    .addHelpText('after', examples('pool overview', 'pool overview --json | jq .numbers.free'))
    .action(
      context.ends(({ config, json }: ConfigOption & { json?: boolean }) =>
        withSignup(context, config, async ({ signup, now }) => {
          const { terminal } = context;
          const { counts, nextExpiryAt, lapsing, dropping } = await signup.pool.lookOver();
          if (json) {
            const ends = nextExpiryAt === undefined ? {} : { nextExpiryAt: iso(nextExpiryAt) };
            const view = { numbers: counts, ...ends, lapsing: viewOf(lapsing), dropping: viewOf(dropping) };
            terminal.out(JSON.stringify(view));
            return exitCodes.done;
          }
          tablePrinter<NumberState>(terminal, [
            { header: 'NUMBERS', of: (state) => String(counts[state]) },
            {
              header: 'STATE',
              of: (state) => meaningOfState[state],
              colour: (state) => colourOfState[state],
            },
          ]).print(states);
          printNeed(context, lapsing, 'LAPSES', now());
          printNeed(context, dropping, 'DROPPED BY META', now());
          return exitCodes.done;
        }),
      ),
    );
};

const iso = (time: number): string => new Date(time).toISOString();

/** As the operator’s HTTP API shows it. */
const viewOf = ({ count, first }: NumbersInNeed) => ({
  count,
  first: first.map(({ at, ...number }) => ({ ...number, at: iso(at) })),
});

function printNeed(
  { terminal }: CommandContext,
  { count, first }: NumbersInNeed,
  header: string,
  now: number,
): void {
  if (count === 0) return;
  terminal.out('');
  tablePrinter<NumberInNeed>(terminal, [
    { header: 'NUMBER', of: ({ displayPhoneNumber }) => displayPhoneNumber },
    { header, of: ({ at }) => `${distance(at, now)} (${dayOf(at)})`, colour: () => 'yellow' },
    { header: 'ID', of: ({ id }) => id, dispensable: 1 },
  ]).print(first);
  if (count > first.length) terminal.out(`and ${count - first.length} more`);
}
