import { Option } from 'commander';
import { numberView } from '../../../http/number-view.ts';
import type { PoolSort } from '../../../ports/pool-store.ts';
import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { numberColumns } from '../../pool/number-columns.ts';
import { statusOption } from '../../pool/status-option.ts';
import { printList, usualLimit, type ListOptions } from '../../print-list.ts';
import { wholeNumber } from '../../whole-number.ts';

interface PoolListOptions extends ConfigOption, ListOptions {
  status?: string;
  search?: string;
  sort: PoolSort;
}

/** `pool list`. */
export const addPoolList: AddCommand = (pool, context) => {
  pool
    .command('list')
    .description('print the numbers of the pool, how long they are verified, and what to do next')
    .option(...configOption)
    .addOption(statusOption())
    .option('--search <text>', 'a part of the telephone number, Meta’s id, or the id of a customer')
    .addOption(
      new Option('--sort <order>', 'the verification that ends soonest first (expires), or by Meta’s id (id)')
        .choices(['expires', 'id'])
        .default('expires'),
    )
    .option('--limit <n>', `at most so many (${usualLimit})`, wholeNumber)
    .option('--all', 'all of them')
    .option(jsonOption[0], `${jsonOption[1]}: an array; with --all a line for each number (NDJSON)`)
    .addHelpText(
      'after',
      examples(
        'pool list --config signup.config.mjs',
        'pool list --status VERIFIED',
        'pool list --status lapsed --all --json | jq -r .phoneNumber',
      ),
    )
    .action(
      context.ends(({ config, status, search, sort, limit, all, json }: PoolListOptions) =>
        withSignup(context, config, async ({ signup, now, businessId }) => {
          const at = now();
          await printList(context, {
            ...(limit !== undefined && { limit }),
            ...(all !== undefined && { all }),
            ...(json !== undefined && { json }),
            fetch: (page) => signup.pool.list({ ...page, search, sort, status }),
            columns: numberColumns({ now: at, businessId }),
            view: (record) => numberView(record, at, businessId),
            none:
              status === undefined && search === undefined
                ? 'The pool is empty. Add numbers with `pool add`, or fetch them from Meta with `pool sync`.'
                : 'No number of the pool is like that.',
          });
          return exitCodes.done;
        }),
      ),
    );
};
