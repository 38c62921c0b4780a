import { claimsOfCsv, claimsOfJson, columnNamed } from '../../claims/claim-rows.ts';
import { importRows } from '../../claims/import-rows.ts';
import {
  asOption,
  configOption,
  examples,
  type AddCommand,
  type CommandContext,
  type ConfigOption,
} from '../../command-context.ts';
import { openFile } from '../../csv/open-file.ts';
import { shareRead } from '../../csv/share-read.ts';
import { describeFailure } from '../../describe-failure.ts';
import { endOfImport } from '../../end-of-import.ts';
import { withSignup } from '../../open-signup.ts';
import { patientlyAt } from '../../patiently.ts';
import { printFacts } from '../../table.ts';
import { whoActs } from '../../who-acts.ts';

interface ImportOptions extends ConfigOption {
  as?: string;
  json?: boolean;
}

/** `claims import`. */
export const addClaimsImport: AddCommand = (claims, context) => {
  claims
    .command('import')
    .description(
      'take over numbers that were registered before the kit came, so that none is offered or registered again',
    )
    .argument(
      '<file>',
      'CSV in UTF-8 whose first line names the columns, or a .json file with a list; - for CSV from stdin',
    )
    .option(...configOption)
    .addOption(asOption())
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      `${examples('claims import registered.csv', 'claims import registered.json --json')}
Columns: customer_id, waba_id, phone_number_id, phone_number, and where they are
known access_token, token_expires_at, pin and registered_at (times as
2026-01-31T12:00:00Z). Tokens and PINs are sealed before they are written. It
may be interrupted and run again: what is there already is known. Rows that are
malformed do not stop the others; the summary names their lines.
`,
    )
    .action(
      context.ends((file: string, { config, as, json = false }: ImportOptions) => {
        const who = whoActs(as, context);
        return withSignup(context, config, ({ signup }) =>
          run(context, { file, json, add: (rows) => signup.claims.import(rows, who) }),
        );
      }),
    );
};

interface Run {
  file: string;
  json: boolean;
  add: Parameters<typeof importRows>[1]['import'];
}

async function run(context: CommandContext, { file, json, add }: Run): Promise<number> {
  const { terminal, signals } = context;
  const signal = signals.gracefully();
  const opened = await openFile(file, context.stdin);
  const isJson = file.toLowerCase().endsWith('.json');
  const patiently = patientlyAt(terminal, signal);
  const result = await importRows(isJson ? claimsOfJson(opened.chunks) : claimsOfCsv(opened.chunks), {
    import: (rows) => patiently(() => add(rows)),
    named: isJson ? (field) => field : columnNamed,
    isStopped: () => signal.aborted,
    onProgress({ imported, known, refused }) {
      // JSON is read as a whole before its first row.
      const share = isJson ? '' : shareRead(opened);
      terminal.progress(`importing: ${imported + known} good, ${refused.count()} refused${share}`);
    },
  });
  const { imported, known, refused, nextLine, failure } = result;
  if (json) {
    const complete = nextLine === undefined;
    terminal.out(
      JSON.stringify({
        file,
        imported,
        known,
        refused: refused.view(),
        complete,
        ...(!complete && { nextLine }),
      }),
    );
  } else {
    printFacts(terminal, [
      ['imported', String(imported)],
      ['known already', String(known)],
      ['refused', String(refused.count())],
    ]);
    refused.print(context);
  }
  return endOfImport(context, {
    rows: imported + known + refused.count(),
    done: imported + known,
    refused: refused.count(),
    nextLine,
    why: failure === undefined ? undefined : describeFailure(failure),
  });
}
