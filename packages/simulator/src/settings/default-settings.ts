import { setTimeout as wait } from 'node:timers/promises';
import { ASSUMED, resolveAssumptions } from './assumptions.ts';
import { checkBrowserSettings } from './check-browser-settings.ts';
import { checkPartnerSettings } from './check-partner-settings.ts';
import { HAND_OVER, resolveHandOver } from './hand-over-settings.ts';
import { PARTNER_SCOPES } from './scopes.ts';
import type { SettingsOptions } from './settings-options.ts';
import type { Settings } from './settings.ts';

// The only place that touches the real clock and real timers.
const DEFAULTS: Settings = {
  now: () => Date.now(),
  clock: 'real',
  seed: 1,
  profile: 'live',
  times: 'iso',
  numberForm: 'display',
  numbers: 0,
  appId: '204518776034591',
  appSecret: '5f1de0c0ffee4a11b0a7d15c05e2f00d',
  configId: '761093258146720',
  businessId: '118620475930264',
  systemUserToken: 'EAASimulatedSystemUserTokenOfTheBusinessSolutionProvider0123456789abcdefZDZD',
  systemUserScopes: PARTNER_SCOPES,
  systemUserTokenExpiresAt: undefined,
  systemUserTokenAppId: undefined,
  userToken: 'EAASimulatedUserTokenOfAnAdminOfTheBusinessSolutionProvider0123456789abcdefZDZD',
  webhookVerifyToken: 'simulated-verify-token',
  graphVersions: ['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'],
  businessTokenLifetime: undefined,
  requireAppSecretProof: false,
  poolEligible: true,
  onboardingsPerWeek: 200,
  appCallsPerHour: Infinity,
  ledgerLimit: 100_000,
  sessionLog: 'auto',
  lastScreen: 'closes',
  handOver: HAND_OVER,
  dialogHost: undefined,
  redirectInsteadOfPopup: false,
  assumptions: ASSUMED,
  measure: () => performance.now(),
  delay: async (ms) => {
    // Waiting alone is no reason for a process to go on.
    await wait(ms, undefined, { ref: false });
  },
  later: (ms, run) => {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};

const WORDS = {
  clock: ['real', 'manual'],
  profile: ['live', 'openapi'],
  times: ['iso', 'unix'],
  sessionLog: ['auto', 'v4', 'v3', 'v2'],
};

/** Fills in the defaults and checks the ids. Throws TypeError naming the option that cannot be one of Meta's. */
export function resolveSettings({ assume, handOver, ...options }: SettingsOptions): Settings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const assumptions = resolveAssumptions(assume);
  const settings: Settings = {
    ...DEFAULTS,
    ...Object.fromEntries(given),
    handOver: resolveHandOver(handOver),
    assumptions,
  };
  checkBrowserSettings(settings);
  checkPartnerSettings(settings);
  for (const name of ['appId', 'configId', 'businessId'] as const) {
    if (!/^\d+$/.test(settings[name])) throw new TypeError(`${name} must be a string of digits`);
  }
  for (const name of ['appSecret', 'systemUserToken', 'userToken'] as const) {
    if (settings[name] === '') throw new TypeError(`${name} must not be empty`);
  }
  for (const [name, words] of Object.entries(WORDS)) {
    const word: unknown = Reflect.get(settings, name);
    if (!words.some((known) => known === word)) throw new TypeError(`${name} must be ${words.join(' or ')}`);
  }
  for (const name of ['numbers', 'seed', 'onboardingsPerWeek'] as const) {
    if (!Number.isInteger(settings[name]) || settings[name] < 0) {
      throw new TypeError(`${name} must be a whole number from 0 on`);
    }
  }
  const { appCallsPerHour, ledgerLimit, businessTokenLifetime: lifetime } = settings;
  if (lifetime !== undefined && !(Number.isSafeInteger(lifetime) && lifetime > 0)) {
    throw new TypeError(
      'businessTokenLifetime must be a whole number of ms from 1 on; leave it out for ever',
    );
  }
  if (appCallsPerHour !== Infinity && !(Number.isInteger(appCallsPerHour) && appCallsPerHour > 0)) {
    throw new TypeError('appCallsPerHour must be a whole number from 1 on, or Infinity');
  }
  if (!Number.isInteger(ledgerLimit) || ledgerLimit < 0) {
    throw new TypeError('ledgerLimit must be a whole number from 0 on');
  }
  if (settings.graphVersions.length === 0 || !settings.graphVersions.every((v) => /^v\d+\.\d+$/.test(v))) {
    throw new TypeError('graphVersions must list versions such as v26.0, oldest first');
  }
  return settings;
}
