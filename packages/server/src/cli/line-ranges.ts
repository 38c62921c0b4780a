/** Numbers of lines in ascending order, kept as ranges, so that many neighbours take no room. */
export interface LineRanges {
  add(line: number): void;
  /** How many lines were added. */
  count(): number;
  /** `3, 17-19`, with how many more there are where too many ranges came. */
  inWords(most?: number): string;
  /** First and last line of each range that was kept. */
  ranges(): [number, number][];
}

/** Ranges that are kept; of more only the number of lines is known. */
export const mostRanges = 1_000;

/** Begins with no line. */
export function lineRanges(): LineRanges {
  const kept: [number, number][] = [];
  let count = 0;
  let inKept = 0;
  return {
    add(line) {
      count += 1;
      const last = kept.at(-1);
      if (last !== undefined && inKept === count - 1 && line === last[1] + 1) last[1] = line;
      else if (kept.length < mostRanges && inKept === count - 1) kept.push([line, line]);
      else return;
      inKept += 1;
    },
    count: () => count,
    inWords(most = mostRanges) {
      const shown = kept.slice(0, most);
      const words = shown.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
      const left = count - shown.reduce((sum, [from, to]) => sum + to - from + 1, 0);
      return left === 0 ? words : `${words} and ${left} more`;
    },
    ranges: () => kept.map(([from, to]) => [from, to]),
  };
}
