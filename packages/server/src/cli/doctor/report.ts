import type { Check, Finding } from '../../doctor/check.ts';
import { displayWidth, oneLineOf, wrapped } from '../display-width.ts';
import type { Colour, Terminal } from '../terminal.ts';

type Result = Check['result'];

const signs: Readonly<Record<Result, { sign: string; colour: Colour }>> = {
  ok: { sign: '✔', colour: 'green' },
  failed: { sign: '✖', colour: 'red' },
  warning: { sign: '!', colour: 'yellow' },
  skipped: { sign: '–', colour: 'dim' },
};

/** Lines longer than this are hard to read, however wide the terminal is. */
const widest = 110;

/** What a person sees: a line for each check, the sentences to act on, and a summary. */
export function asReport(checks: readonly Check[], terminal: Pick<Terminal, 'paint' | 'columns'>): string[] {
  const sign = (result: Result) => terminal.paint(signs[result].colour, signs[result].sign);
  const width = Math.max(...checks.map(({ title }) => displayWidth(title)));
  const lines = checks.map(
    ({ title, result, seen }) =>
      `${sign(result)} ${title}${' '.repeat(width - displayWidth(title))}  ${oneLineOf(seen)}`,
  );
  const columns = terminal.columns === undefined ? Infinity : Math.min(terminal.columns, widest);
  for (const result of ['failed', 'warning'] as const) {
    const found = checks.flatMap(({ title, findings }) =>
      findings.filter((one) => one.result === result).map((one) => ({ title, ...one })),
    );
    for (const { title, advice, code } of found) {
      const [first = '', ...rest] = wrapped(oneLineOf(`${title}: ${advice} [${code}]`), columns - 2);
      lines.push('', `${sign(result)} ${first}`, ...rest.map((line) => `  ${line}`));
    }
  }
  return [...lines, '', summaryOf(checks)];
}

function summaryOf(checks: readonly Check[]): string {
  const counted = (['failed', 'warning', 'skipped', 'ok'] as const)
    .map((result) => ({ result, count: checks.filter((check) => check.result === result).length }))
    .filter(({ count }) => count > 0)
    .map(({ result, count }) => `${count} ${result === 'warning' && count > 1 ? 'warnings' : result}`);
  return `${counted.join(', ')}.`;
}

/** What a program reads: one line. */
export function asJson(checks: readonly Check[]): string {
  const count = (result: Finding['result']) => checks.filter((check) => check.result === result).length;
  return JSON.stringify({
    ok: count('failed') === 0,
    failed: count('failed'),
    warnings: count('warning'),
    skipped: count('skipped'),
    checks,
  });
}
