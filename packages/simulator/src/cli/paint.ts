/** How the parts of a line look, as the number of ECMA-48's SGR sequence. */
const LOOKS = { green: 32, yellow: 33, red: 31, dim: 2 } as const;

/** How a part of a line looks, where there is colour. */
export type Look = keyof typeof LOOKS;

/** Gives a text its look, or leaves it as it is. */
export type Paint = (look: Look, text: string) => string;

/** Colour for people who watch: on a terminal, unless `NO_COLOR` says otherwise (no-color.org). */
export function choosePaint(isTerminal: boolean, noColor: string | undefined): Paint {
  const plain = !isTerminal || (noColor !== undefined && noColor !== '');
  return plain ? (_look, text) => text : (look, text) => `\u001B[${LOOKS[look]}m${text}\u001B[0m`;
}
