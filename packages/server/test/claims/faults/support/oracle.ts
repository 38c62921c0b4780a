import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { NamedFault } from './faults.ts';

/** How often a fault comes. `always`: until somebody mends it, a dozen times or for nine days. */
export type Times = 1 | 2 | 'always';

/** What a call is to a claim. */
export type Role =
  /** Of the code, which works once. */
  | 'exchange'
  | 'register'
  /** A setting of a number that is in service already. */
  | 'afterwards'
  /** Puts the number that was held on the account. */
  | 'attach'
  /** Made while a number is held that is to be attached. */
  | 'holding'
  | 'other';

/** How a claim must end. */
export interface MustEnd {
  status: readonly ClaimStatus[];
  /** What the reason must say, where there must be one. */
  says: RegExp | undefined;
  /** Whether Meta is to be asked once more for the claim after the first such fault. */
  callsOn: 'yes' | 'no' | 'may';
}

interface Rule extends MustEnd {
  when: (role: Role, fault: NamedFault, times: Times) => boolean;
}

const hour = 60 * 60_000;
const day = 24 * hour;

/** What a person can do. A sentence without such a word leaves them alone. */
export const somethingToDo =
  /\b(ask|check|look|have|enter|assign|dismiss|wait|settle|switch|quote|verify|deregister|leave)\b/i;
const signUpAgain = /sign up again/i;

/** The design's word on every fault at every call, the first that fits. */
const rules: readonly Rule[] = [
  // What is only late, or named wrongly, is an answer.
  {
    when: (_role, { meaning }) => meaning === 'harmless',
    status: ['registered'],
    says: undefined,
    callsOn: 'may',
  },
  // A code is never sent twice, whatever became of it.
  { when: (role) => role === 'exchange', status: ['needs_signup'], says: signUpAgain, callsOn: 'no' },
  // A number is held for hours, not for days, and its verification goes on ageing.
  {
    when: (role, { rest = 0 }) => (role === 'holding' || role === 'attach') && rest >= 12 * hour,
    status: ['registered', 'no_number', 'needs_operator', 'needs_verification'],
    says: undefined,
    callsOn: 'yes',
  },
  // What costs is not tried for ever, unless Meta itself says that it was not begun.
  {
    when: (role, { meaning, fault }, times) =>
      role === 'attach' &&
      (meaning === 'passing' || meaning === 'unknown') &&
      times !== 1 &&
      fault.kind !== 'throttled',
    status: ['registered', 'needs_operator'],
    says: undefined,
    callsOn: 'yes',
  },
  // Whatever passes, passes: every claim gets through.
  {
    when: (role, { meaning, rest = 0 }) => meaning === 'passing' && !(role === 'afterwards' && rest > day),
    status: ['registered'],
    says: undefined,
    callsOn: 'yes',
  },
  // A number in service stays in service; what could not be set there is said.
  {
    when: (role, { meaning }, times) =>
      role === 'afterwards' && meaning !== 'locked' && (meaning !== 'unknown' || times === 'always'),
    status: ['registered'],
    says: somethingToDo,
    callsOn: 'may',
  },
  { when: (role) => role === 'afterwards', status: ['registered'], says: undefined, callsOn: 'may' },
  {
    when: (role, { meaning }) => role === 'register' && meaning === 'verification',
    status: ['needs_verification'],
    says: /one-time code/i,
    callsOn: 'no',
  },
  // Locked once: waited for. Locked again: somebody guesses, or our PIN is wrong, and a person may be asked.
  {
    when: (_role, { meaning }, times) => meaning === 'locked' && times === 1,
    status: ['registered'],
    says: undefined,
    callsOn: 'yes',
  },
  {
    when: (_role, { meaning }) => meaning === 'locked',
    status: ['registered', 'needs_operator'],
    says: undefined,
    callsOn: 'yes',
  },
  // Nobody knows what it means: worth a second look and a third, not a hundred.
  {
    when: (_role, { meaning }, times) => meaning === 'unknown' && times !== 'always',
    status: ['registered'],
    says: undefined,
    callsOn: 'yes',
  },
  {
    when: (_role, { meaning }) => meaning === 'unknown',
    status: ['needs_operator'],
    says: somethingToDo,
    callsOn: 'may',
  },
  // Meta says no.
  { when: () => true, status: ['needs_operator'], says: somethingToDo, callsOn: 'no' },
];

/** How a claim must end after a fault. */
export function mustEnd(role: Role, fault: NamedFault, times: Times): MustEnd {
  const rule = rules.find(({ when }) => when(role, fault, times));
  if (rule === undefined) throw new Error('the rules leave nothing out');
  return rule;
}
