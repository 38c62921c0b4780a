import { numberFacts, type DatedFacts, type NumberFact } from '../../domain/number-facts.ts';

/** What stands in the column: what this version knows, and what only a newer one does. */
export interface StoredFacts {
  facts: DatedFacts;
  /** Facts that this version has no word for. They are kept as they are. */
  others: Record<string, unknown>;
}

const known: ReadonlySet<string> = new Set(numberFacts);

/** Reads the column. Never throws: another version, or a hand, may have written it, and Meta says it all again. */
export function readFacts(json: string): StoredFacts {
  const facts: DatedFacts = {};
  const others: Record<string, unknown> = {};
  for (const [name, fact] of Object.entries(parsed(json))) {
    if (!isFact(name)) others[name] = fact;
    else if (isDated(fact)) facts[name] = { value: fact.value, at: fact.at };
  }
  return { facts, others };
}

/** Writes the column. */
export function writeFacts({ facts, others }: StoredFacts): string {
  return JSON.stringify({ ...others, ...facts });
}

const isFact = (name: string): name is NumberFact => known.has(name);

function isDated(fact: unknown): fact is { value: string; at: number } {
  return (
    typeof fact === 'object' &&
    fact !== null &&
    'value' in fact &&
    typeof fact.value === 'string' &&
    'at' in fact &&
    typeof fact.at === 'number'
  );
}

function parsed(json: string): object {
  try {
    const read: unknown = JSON.parse(json);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : {};
  } catch {
    return {};
  }
}
