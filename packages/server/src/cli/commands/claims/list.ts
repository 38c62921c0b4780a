import { claimStatuses, type ClaimStatus } from '@embedded-signup-kit/protocol';
import { Option } from 'commander';
import { operatorClaimView } from '../../../http/claim-view.ts';
import { claimColumns } from '../../claims/claim-words.ts';
import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { printList, usualLimit, type ListOptions } from '../../print-list.ts';
import { wholeNumber } from '../../whole-number.ts';

interface ClaimsListOptions extends ConfigOption, ListOptions {
  status?: ClaimStatus;
  search?: string;
}

/** `claims list`. */
export const addClaimsList: AddCommand = (claims, context) => {
  claims
    .command('list')
    .description('print the claims, the newest first, and what to do next')
    .option(...configOption)
    .addOption(new Option('--status <word>', 'where the claim stands').choices(claimStatuses))
    .option('--search <text>', 'a telephone number, the id of a customer, or one of Meta’s ids')
    .option('--limit <n>', `at most so many (${usualLimit})`, wholeNumber)
    .option('--all', 'all of them')
    .option(jsonOption[0], `${jsonOption[1]}: an array; with --all a line for each claim (NDJSON)`)
    .addHelpText(
      'after',
      examples(
        'claims list --config signup.config.mjs',
        'claims list --status needs_operator',
        'claims list --all --json | jq -r .phoneNumber',
      ),
    )
    .action(
      context.ends(({ config, status, search, limit, all, json }: ClaimsListOptions) =>
        withSignup(context, config, async ({ signup, now }) => {
          await printList(context, {
            ...(limit !== undefined && { limit }),
            ...(all !== undefined && { all }),
            ...(json !== undefined && { json }),
            fetch: (page) => signup.claims.list({ ...page, status, search }),
            columns: claimColumns(now()),
            view: operatorClaimView,
            none:
              status === undefined && search === undefined
                ? 'There are no claims yet.'
                : 'No claim is like that.',
          });
          return exitCodes.done;
        }),
      ),
    );
};
