import { ConfigError, type ConfigProblem } from '../config/config-error.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import { resolveOptions, type ResolvedOptions } from '../config/resolve-options.ts';

/** What a doctor looks at. Where there are no options, each of them has a stand-in. */
const everyOption = [
  'meta.appId',
  'meta.appSecret',
  'meta.configId',
  'meta.businessId',
  'meta.systemUserToken',
  'meta.webhookVerifyToken',
  'meta.graphVersion',
  'meta.graphUrl',
  'meta.sdkUrl',
  'meta.dialogOrigins',
  'database',
  'secrets',
  'allowedOrigins',
  'sms',
];

/** Options of which some may be stand-ins. */
export interface UsableOptions {
  options: ResolvedOptions;
  problems: ConfigProblem[];
  /** Names of options that have stand-ins, such as `meta.appId`. */
  unusable: Set<string>;
}

type Members = Record<string, unknown>;

/** For what has no default. None of them is ever sent or used: whoever needs it looks into `unusable` first. */
const standIns: { meta: Members; others: Members } = {
  meta: { appId: '0', appSecret: '-', configId: '0', businessId: '0', systemUserToken: '-' },
  others: { secrets: ['0'.repeat(32)], customer: () => undefined },
};

/** Each round puts stand-ins where the one before had problems. */
const mostRounds = 5;

/**
 * Checks the options like {@link resolveOptions}, and puts stand-ins in place of what is wrong instead of stopping, so that
 * everything else can still be looked at.
 */
export function usableOptions(given: unknown): UsableOptions {
  const problems: ConfigProblem[] = [];
  const unusable = new Set<string>();
  let top: Members = isMembers(given) ? { ...given } : {};
  for (let round = 0; round < mostRounds; round += 1) {
    try {
      const asGiven: unknown = top; // resolveOptions checks each member
      return { options: resolveOptions(asGiven as EmbeddedSignupOptions), problems, unusable };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const problem of error.problems) {
        problems.push(problem);
        top = repaired(top, problem.option.split(/[.[]/), unusable);
      }
    }
  }
  return { ...noOptions(), problems };
}

function repaired(top: Members, [root = '', member]: readonly string[], unusable: Set<string>): Members {
  if (root === '') {
    for (const name of everyOption) unusable.add(name);
    return { ...standIns.others, meta: standIns.meta };
  }
  if (root !== 'meta') {
    unusable.add(root);
    return { ...without(top, root), ...pick(standIns.others, root) };
  }
  const meta = isMembers(top['meta']) ? top['meta'] : {};
  if (member === undefined) {
    for (const name of Object.keys(standIns.meta)) unusable.add(`meta.${name}`);
    return { ...top, meta: standIns.meta };
  }
  unusable.add(`meta.${member}`);
  return { ...top, meta: { ...without(meta, member), ...pick(standIns.meta, member) } };
}

/** For where there are no options to look at. */
export function noOptions(): UsableOptions {
  return { options: resolveOptions(allStandIns()), problems: [], unusable: new Set(everyOption) };
}

function allStandIns(): EmbeddedSignupOptions {
  const all: unknown = { ...standIns.others, meta: standIns.meta };
  return all as EmbeddedSignupOptions; // written to be
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** `?` stands for every name that is not repeated, because it may be a secret. */
const without = (members: Members, name: string): Members =>
  Object.fromEntries(
    Object.entries(members).filter(([other]) => other !== name && (name !== '?' || isName(other))),
  );
const isName = (text: string): boolean => /^[A-Za-z]\w{0,30}$/.test(text);
const pick = (members: Members, name: string): Members => (name in members ? { [name]: members[name] } : {});
