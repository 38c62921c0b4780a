import type { Timer } from '../ports/clock.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { DoctorDeps } from './doctor-deps.ts';
import { checkTitles, findings, type CheckName, type FindingCode } from './findings.ts';
import { isTrouble } from './is-trouble.ts';
import { nameOfOption } from './option-names.ts';
import { Waits } from './waits.ts';

/** Something that is not as it should be. */
export interface Finding {
  code: FindingCode;
  result: 'failed' | 'warning' | 'skipped';
  /** A few words. */
  summary: string;
  /** What to do: a sentence, in the names of Meta's menus. */
  advice: string;
}

/** How one check ended. */
export interface Check {
  check: CheckName;
  title: string;
  /** The worst of its findings. */
  result: 'ok' | Finding['result'];
  /** What was seen, in a few words. */
  seen: string;
  findings: Finding[];
}

/** Makes a finding of its code. */
export function finding(code: FindingCode, summary: string, advice: string): Finding {
  return { code, result: findings[code].result, summary, advice };
}

/** No check takes longer. Milliseconds. */
const patience = 20_000;

/** What a check has seen. */
export interface Seen {
  /** Said where nothing was found. */
  seen: string;
  findings?: Finding[];
}

/**
 * Makes a check of a look. It never rejects, and ends in time.
 *
 * @param needs options without which there is nothing to look at, such as `meta.appId`
 */
export function checkOf(
  name: CheckName,
  needs: readonly string[],
  look: (deps: DoctorDeps) => Promise<Seen>,
): (deps: DoctorDeps) => Promise<Check> {
  return async (deps) => {
    const missing = needs.filter((option) => deps.unusable.has(option));
    if (missing.length > 0) {
      const what = missing.map(nameOfOption).join(', ');
      return ended(name, [finding('needs_option', `needs ${what}`, `Put ${what} right first.`)], '');
    }
    try {
      const { seen, findings: found = [] } = await inTime(look(deps), deps.timer);
      return ended(name, found, seen);
    } catch (error) {
      return ended(name, [whyNot(error)], '');
    }
  };
}

function ended(check: CheckName, found: Finding[], seen: string): Check {
  const worst = (['failed', 'warning', 'skipped'] as const).find((result) =>
    found.some((one) => one.result === result),
  );
  return {
    check,
    title: checkTitles[check],
    result: worst ?? 'ok',
    seen: found.length === 0 ? seen : found.map(({ summary }) => summary).join('; '),
    findings: found,
  };
}

/** The look took longer than {@link patience}. */
class TimedOut extends Error {}

function inTime<T>(look: Promise<T>, timer: Timer): Promise<T> {
  return new Promise((resolve, reject) => {
    const deadline = timer.after(patience, () => reject(new TimedOut()));
    look.then(resolve, reject).finally(() => deadline.cancel());
  });
}

function whyNot(error: unknown): Finding {
  if (error instanceof Waits) return waitsFor(error.check);
  if (error instanceof GraphError && isTrouble(error)) return waitsFor('graph');
  if (error instanceof TimedOut) {
    return finding(
      'timed_out',
      `no end within ${patience / 1000} s`,
      'Look at the network of this machine, and run it again.',
    );
  }
  // Its message may hold anything.
  const name = error instanceof Error ? error.name : typeof error;
  return finding(
    'broken',
    `the check failed (${name})`,
    'This is a defect of the kit: please report it, with this line.',
  );
}

function waitsFor(check: CheckName): Finding {
  const title = checkTitles[check];
  return finding('waits', `waits for “${title}”`, `Put “${title}” right first.`);
}
