import fc from 'fast-check';
import { passTime, type Model } from './model.ts';
import { DAY, HOUR, MINUTE, RULES, SECOND } from './rules.ts';
import { pick, step, type Step } from './step.ts';

const deadline = fc.record({ which: fc.nat(50), early: fc.boolean() });

/** Time passes: milliseconds to 20 days, or to the very moment that a rule speaks of, or just short of it. */
export const clockSteps: fc.Arbitrary<Step>[] = [
  fc.integer({ min: 1, max: 45_000 }).map((ms) => pass(`PT${ms / SECOND}S`, ms)),
  fc.integer({ min: 1, max: 15 }).map((minutes) => pass(`PT${minutes}M`, minutes * MINUTE)),
  fc.integer({ min: 1, max: 80 }).map((hours) => pass(`PT${hours}H`, hours * HOUR)),
  fc.integer({ min: 1, max: 20 }).map((days) => pass(`P${days}D`, days * DAY)),
  deadline.map(passToDeadline),
  deadline.map(passToDeadline),
  deadline.map(passToDeadline),
];

function pass(duration: string, ms: number): Step {
  return step(`${duration} pass`, async (model, simulator) => {
    passTime(model, ms);
    simulator.advance(duration);
  });
}

function passToDeadline({ which, early }: { which: number; early: boolean }): Step {
  return passTo(
    `deadline ${which}`,
    (model) => {
      const deadlines = deadlinesOf(model);
      return deadlines.length === 0 ? model.now : pick(deadlines, which);
    },
    { early },
  );
}

/** Time passes up to a moment (ms, UTC), or to one millisecond before it; not at all when it is over. */
export function passTo(
  name: string,
  momentOf: (model: Model) => number,
  { early }: { early: boolean },
): Step {
  return step(`pass to ${early ? 'just before ' : ''}${name}`, async (model, simulator) => {
    const ms = momentOf(model) - model.now - (early ? 1 : 0);
    if (ms <= 0) return;
    passTime(model, ms);
    simulator.advance(`PT${ms / SECOND}S`);
  });
}

/** Every moment to come at which something changes by itself, the nearest first. */
function deadlinesOf({ now, pool, numbers, handsets, logins }: Model): number[] {
  const { verifiedFor, renewableInTheLast, keptUnverifiedFor, codeFor, loginFor } = RULES;
  const { registrations: registering, codeRequests } = RULES;
  const moments = [
    ...pool.flatMap(({ addedAt, verifiedAt }) =>
      verifiedAt === undefined
        ? [addedAt + keptUnverifiedFor]
        : [verifiedAt + verifiedFor, verifiedAt + verifiedFor - renewableInTheLast],
    ),
    ...numbers.flatMap(({ registerBy, registrations, deregistrations, pins }) => [
      registerBy,
      registrations.blockedUntil,
      deregistrations.blockedUntil,
      pins.lockedUntil,
      ...registrations.calls.slice(0, 1).map((at) => at + registering.window),
    ]),
    ...[...handsets.values()].flatMap(({ code, requests, guesses }) => [
      guesses.lockedUntil,
      ...(code === undefined ? [] : [code.sentAt + codeFor]),
      ...requests.slice(-codeRequests.calls).map((at) => at + codeRequests.window),
    ]),
    ...logins.map(({ issuedAt }) => issuedAt + loginFor),
  ];
  return [...new Set(moments)].filter((moment) => moment > now).sort((a, b) => a - b);
}
