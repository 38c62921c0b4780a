import type { Simulator } from '../../../src/index.ts';
import { parseCurl } from './curl-command.ts';
import { sendCommand, type Answer } from './send-command.ts';

/** What stands in a sample, such as `FROM_PHONE_NUMBER_ID`, and what it is in the world of the test. */
export type Table = Readonly<Record<string, string>>;

/** Makes the call of a printed curl command: the host is the simulator's, the rest is replaced by the table only. */
export async function runCurl({ url }: Simulator, printed: string, table: Table): Promise<Answer> {
  return sendCommand(parseCurl(filledIn(printed, { 'https://graph.facebook.com': url, ...table })));
}

/**
 * Makes the call of a printed request syntax, `METHOD /path` with `?name=<VALUE>` and `&name=<VALUE>` on lines of
 * their own. The documents print these without version, and without token: it goes into the header.
 */
export async function runSyntax(
  { url }: Simulator,
  printed: string,
  table: Table,
  { token, json }: { token: string; json?: string },
): Promise<Answer> {
  const [method = '', path = ''] = filledIn(printed, table).replaceAll(/\n\s*/g, '').split(' ');
  return sendCommand({
    method,
    url: url + path,
    headers: [
      ['Authorization', `Bearer ${token}`],
      ...(json === undefined ? [] : [['Content-Type', 'application/json'] as const]),
    ],
    data: json,
    parts: [],
  });
}

/** Fills in a table, in one go. Throws for an entry that does not occur, so that no table says more than it does. */
export function filledIn(printed: string, table: Table): string {
  const placeholders = Object.keys(table).sort((a, b) => b.length - a.length);
  for (const placeholder of placeholders) {
    if (!printed.includes(placeholder)) throw new Error(`"${placeholder}" is not in: ${printed}`);
  }
  const any = new RegExp(
    placeholders.map((text) => text.replaceAll(/[^\w]/g, String.raw`\$&`)).join('|'),
    'g',
  );
  return placeholders.length === 0 ? printed : printed.replaceAll(any, (found) => table[found] ?? found);
}
