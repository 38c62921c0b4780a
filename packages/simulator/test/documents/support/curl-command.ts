/** What a curl command of the documents asks for. */
export interface CurlCommand {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As given with `-d`. */
  readonly data: string | undefined;
  /** `name=value`, as given with `-F`. */
  readonly parts: readonly string[];
}

type Take = (value: string) => void;

/** Reads a command as a shell and curl would. Throws for anything that the documents do not use. */
export function parseCurl(command: string): CurlCommand {
  const [program, ...words] = shellWords(command);
  if (program !== 'curl') throw new Error(`not a curl command: ${command}`);
  let method: string | undefined;
  let url = '';
  let data: string | undefined;
  const headers: [string, string][] = [];
  const parts: string[] = [];
  const setMethod: Take = (value) => (method = value);
  const setUrl: Take = (value) => (url = value);
  const setData: Take = (value) => (data = value);
  const addHeader: Take = (value) => {
    const [name = '', ...rest] = value.split(':');
    headers.push([name, rest.join(':').trim()]);
  };
  const options: Readonly<Record<string, Take>> = {
    '-X': setMethod,
    '--request': setMethod,
    '--url': setUrl,
    '-H': addHeader,
    '--header': addHeader,
    '-d': setData,
    '--data': setData,
    '-F': (value) => parts.push(value),
  };
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place] ?? '';
    if (!word.startsWith('-')) {
      setUrl(word);
      continue;
    }
    const take = options[word];
    place += 1;
    const value = words[place];
    if (take === undefined || value === undefined) throw new Error(`cannot read ${word} in: ${command}`);
    take(value);
  }
  const implied = data === undefined && parts.length === 0 ? 'GET' : 'POST';
  return { method: method ?? implied, url, headers, data, parts };
}

/** The words of a command: apart by spaces, in single quotes or not, over lines that end in a backslash. */
function shellWords(command: string): string[] {
  const joined = command.replaceAll('\\\n', ' ');
  const words = [...joined.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
  if (joined.split("'").length % 2 === 0) throw new Error(`a quote is left open in: ${command}`);
  return words;
}
