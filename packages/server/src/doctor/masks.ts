/** Stand-ins: the same one for the same thing. */
export interface Masks {
  /** Other digits, as many. */
  digits(digits: string): string;
  /** The same spelling with other digits; the same number in another spelling gets the same ones. */
  phoneNumber(text: string): string;
  /** Such as `[text 1]`; of an address or a secret, what it is. */
  text(text: string): string;
}

/**
 * Makes stand-ins that are nowhere in what is masked.
 *
 * @param all everything that will be masked
 */
export function createMasks(all: readonly string[]): Masks {
  const originals = new Set(all.flatMap((text) => digitRuns(text)));
  const digitsBy = new Map<string, string>();
  const taken = new Set<string>();
  const textBy = new Map<string, string>();
  const counts = new Map<string, number>();

  const digits = (given: string): string => {
    const known = digitsBy.get(given);
    if (known !== undefined) return known;
    let made = '';
    // Of short ones there may be no others left; they are of no use to anybody.
    for (let count = 1; count <= 10_000; count += 1) {
      made = `5${String(count).padStart(Math.max(0, given.length - 1), '0')}`.slice(-given.length);
      if (made.startsWith('0')) made = `5${made.slice(1)}`;
      if (!taken.has(made) && !originals.has(made)) break;
    }
    digitsBy.set(given, made);
    taken.add(made);
    return made;
  };
  const text = (given: string): string => {
    const known = textBy.get(given);
    if (known !== undefined) return known;
    const kind = kindOf(given);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const made = `[${kind} ${count}]`;
    textBy.set(given, made);
    return made;
  };
  return {
    digits,
    text,
    phoneNumber(given) {
      const others = Array.from(digits(given.replace(/\D/g, '')));
      return given.replace(/\d/g, () => others.shift() ?? '5');
    },
  };
}

/** Digits that stand together, and those of telephone numbers with what is written between them. */
function digitRuns(text: string): string[] {
  return Array.from(text.matchAll(/\d(?:[\s()./-]{0,2}\d)*/g), ([run]) => run).flatMap((run) => [
    run.replace(/\D/g, ''),
    ...(run.match(/\d+/g) ?? []),
  ]);
}

function kindOf(text: string): string {
  if (/^https?:\/\//i.test(text)) return 'address';
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return 'e-mail';
  return /^[\w.~+/=|-]{20,}$/.test(text) ? 'secret' : 'text';
}
