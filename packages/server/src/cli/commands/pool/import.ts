import { normaliseNumber } from '../../../domain/normalise-number.ts';
import {
  asOption,
  configOption,
  examples,
  type AddCommand,
  type CommandContext,
  type ConfigOption,
} from '../../command-context.ts';
import { openFile } from '../../csv/open-file.ts';
import { readCsv } from '../../csv/read-csv.ts';
import { shareRead } from '../../csv/share-read.ts';
import { describeFailure } from '../../describe-failure.ts';
import { endOfImport } from '../../end-of-import.ts';
import { withSignup } from '../../open-signup.ts';
import { patientlyAt } from '../../patiently.ts';
import { countryOption } from '../../pool/country-option.ts';
import { importNumbers, type ImportedNumbers, type ImportNumbersDeps } from '../../pool/import-numbers.ts';
import { phoneRows } from '../../pool/phone-rows.ts';
import { printFacts } from '../../table.ts';
import { waitFor } from '../../wait-for.ts';
import { whoActs } from '../../who-acts.ts';

interface ImportOptions extends ConfigOption {
  country?: string;
  as?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** `pool import`. */
export const addPoolImport: AddCommand = (pool, context) => {
  pool
    .command('import')
    .description('add the numbers of a CSV file to the pool at Meta; it may be interrupted and run again')
    .argument(
      '<file>',
      'CSV in UTF-8: a number in each line, or a column called phone, phone_number or number; - for stdin',
    )
    .addOption(countryOption())
    .option('--dry-run', 'say which rows are telephone numbers, without asking Meta or the database')
    .option(...configOption)
    .addOption(asOption())
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      `${examples(
        'pool import numbers.csv --dry-run',
        'pool import numbers.csv --country DE',
        'pool import numbers.csv --json | jq .refused',
      )}
Rows that are no numbers, or that Meta refuses, do not stop the others: the
summary names their lines, and the exit code is 3. Ctrl-C waits for the calls
that are under way. However it was ended, run it again: numbers that Meta has
are known.
`,
    )
    .action(
      context.ends((file: string, { country, config, as, dryRun = false, json = false }: ImportOptions) =>
        dryRun
          ? run(context, {
              file,
              json,
              isDry: true,
              now: Date.now,
              add: (numbers) => Promise.resolve(numbers.map(checked(country))),
            })
          : importInto(context, { file, json, country, config, who: whoActs(as, context) }),
      ),
    );
};

interface ImportInto {
  config: string | undefined;
  file: string;
  json: boolean;
  country: string | undefined;
  who: string;
}

function importInto(
  context: CommandContext,
  { file, json, country, config, who }: ImportInto,
): Promise<number> {
  return withSignup(context, config, ({ signup, now }) => {
    const signal = context.signals.gracefully();
    const add: ImportNumbersDeps['add'] = (numbers) => signup.pool.add(numbers, { who, country, signal });
    return run(context, { file, json, isDry: false, add, now });
  });
}

interface Run extends Pick<ImportNumbersDeps, 'add' | 'now'> {
  file: string;
  json: boolean;
  isDry: boolean;
}

async function run(context: CommandContext, { file, json, isDry, add, now }: Run): Promise<number> {
  const { terminal, signals } = context;
  const signal = signals.gracefully();
  const opened = await openFile(file, context.stdin);
  const patiently = patientlyAt(terminal, signal);
  const result = await importNumbers(phoneRows(readCsv(opened.chunks)), {
    add: (numbers) => patiently(() => add(numbers)),
    isStopped: () => signal.aborted,
    onProgress({ rows, added, known, refused }) {
      const share = shareRead(opened);
      terminal.progress(
        `${isDry ? 'checking' : 'importing'}: ${rows} rows${share}; ${added + known} good, ${refused.count()} refused`,
      );
    },
    onWait: (numbers, ms) =>
      terminal.progress(
        `waiting up to ${Math.ceil(ms / 1_000)} seconds for ${numbers} numbers that were under way already`,
      ),
    wait: (ms) => waitFor(ms, signal),
    now,
  });
  if (json) terminal.out(JSON.stringify(viewOf(file, result, isDry)));
  else print(context, result, isDry);
  return endOfImport(context, {
    rows: result.rows,
    done: result.added + result.known,
    refused: result.refused.count(),
    nextLine: result.nextLine,
    why: result.failure === undefined ? result.stoppedBy?.message : describeFailure(result.failure),
  });
}

function viewOf(
  file: string,
  { rows, added, known, refused, nextLine, stoppedBy }: ImportedNumbers,
  isDry: boolean,
) {
  return {
    file,
    rows,
    ...(isDry ? { possible: added } : { added, known }),
    refused: refused.view(),
    complete: nextLine === undefined,
    ...(nextLine !== undefined && { nextLine }),
    ...(stoppedBy !== undefined && { stoppedBy }),
  };
}

function print(context: CommandContext, { added, known, refused }: ImportedNumbers, isDry: boolean): void {
  const { terminal } = context;
  printFacts(terminal, [
    [isDry ? 'possible numbers' : 'added', String(added)],
    ['known already', isDry ? undefined : String(known)],
    ['refused', String(refused.count())],
  ]);
  refused.print(context);
}

const checked = (country: string | undefined) => (given: string) => {
  const read = normaliseNumber(given, country);
  return 'problem' in read
    ? { given, outcome: 'invalid' as const, reason: { code: 'invalid_number', message: read.problem } }
    : { given, phoneNumber: read.phoneNumber, outcome: 'added' as const };
};
