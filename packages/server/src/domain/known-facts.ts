import { numberFacts, type DatedFacts, type NumberFact, type NumberFacts } from './number-facts.ts';

/** One fact that became another one. */
export interface FactChange {
  fact: NumberFact;
  /** When it is known to be so. Milliseconds UTC. */
  at: number;
  before: string;
  after: string;
}

/**
 * What is known, with what was just said. Only what is newer than a fact changes it, so that neither the order nor the
 * repetition of news makes a difference. Of two words for one moment the greater counts: nobody knows better, and a read that
 * follows does.
 *
 * @param said.at since when it is known to be so, milliseconds UTC
 * @param said.believedUntil a fact of a later time was dated by a clock that was ahead, and gives way. Milliseconds UTC
 * @returns the facts, and what has become another than it was; a fact that was unknown before has changed nothing
 */
export function withFacts(
  known: DatedFacts,
  said: NumberFacts,
  { at, believedUntil = Infinity }: { at: number; believedUntil?: number },
): { facts: DatedFacts; changes: FactChange[] } {
  const facts: DatedFacts = { ...known };
  const changes: FactChange[] = [];
  for (const fact of numberFacts) {
    const value = said[fact];
    const before = known[fact];
    if (value === undefined) continue;
    if (before !== undefined && before.at <= believedUntil) {
      if (at < before.at || (at === before.at && value <= before.value)) continue;
    }
    facts[fact] = { value, at };
    if (before !== undefined && before.value !== value) {
      changes.push({ fact, at, before: before.value, after: value });
    }
  }
  return { facts, changes };
}
