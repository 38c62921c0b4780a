import { day } from '../../domain/durations.ts';
import { GraphError } from '../../ports/graph-error.ts';
import type { InspectedToken } from '../../ports/preflight.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import { neededScopes, needsToken, OutOfTime } from '../facts.ts';
import { isTrouble } from '../is-trouble.ts';

const systemUsers = 'Business settings ▸ Users ▸ System users ▸ (the user) ▸ Generate token';
const goesTo = 'and put it into meta.systemUserToken (META_SYSTEM_USER_TOKEN)';

/** The BSP's token is good, for this app, for ever, and for what the kit does. */
export const checkSystemUserToken = checkOf(
  'system_user_token',
  needsToken,
  async ({ facts, options, clock }) => {
    const { appId } = options.meta;
    const unfetched = await facts.token().then(
      () => undefined,
      (error: unknown) => (error instanceof OutOfTime ? 'takes too long' : 'throws'),
    );
    if (unfetched !== undefined) {
      return {
        seen: '',
        findings: [
          finding(
            'token_not_fetched',
            `its function ${unfetched}`,
            `The function meta.systemUserToken ${unfetched}: look at where it fetches the token from.`,
          ),
        ],
      };
    }
    try {
      const token = await facts.inspectedToken();
      return { seen: `good for app ${appId}, does not end`, findings: ofToken(token, appId, clock.now()) };
    } catch (error) {
      if (error instanceof GraphError && !isTrouble(error))
        return { seen: '', findings: [refused(error, appId)] };
      throw error;
    }
  },
);

/** To the token of another app Meta answers with an error ("The App_id in the input_token did not match the Viewing App"). */
function refused({ kind, message }: GraphError, appId: string): Finding {
  return kind === 'invalid_input' ? ofOtherApp(appId) : finding('token_invalid', 'refused', message);
}

const ofOtherApp = (appId: string): Finding =>
  finding(
    'token_of_other_app',
    'made for another app',
    `Make a new one in ${systemUsers}, where you choose app ${appId}, ${goesTo}.`,
  );

function ofToken(
  { valid, appId, type, expiresAt, scopes }: InspectedToken,
  ours: string,
  now: number,
): Finding[] {
  if (!valid) {
    return [
      finding(
        'token_invalid',
        'not valid',
        `It has expired, was taken back, or never was one: make a new one in ${systemUsers}, choose “Never” for its end, ${goesTo}.`,
      ),
    ];
  }
  if (appId !== undefined && appId !== ours) return [ofOtherApp(ours)];
  return [...ofType(type), ...ofEnd(expiresAt, now), ...ofScopes(scopes)];
}

function ofType(type: string | undefined): Finding[] {
  if (type === undefined || type === 'SYSTEM_USER') return [];
  if (type === 'USER') {
    return [
      finding(
        'token_of_person',
        'a person’s token',
        `Make one in ${systemUsers} instead, ${goesTo}: this one ends with the person’s password, role or log-in.`,
      ),
    ];
  }
  const shown = /^[A-Z_]{1,30}$/.test(type) ? type : 'another kind';
  return [
    finding(
      'token_type',
      `of the type ${shown}`,
      `Make one in ${systemUsers}, ${goesTo}: this one is of no system user.`,
    ),
  ];
}

function ofEnd(expiresAt: number | undefined, now: number): Finding[] {
  if (expiresAt === undefined) return [];
  const days = Math.max(0, Math.floor((expiresAt - now) / day));
  const date = new Date(expiresAt).toISOString().slice(0, 10);
  return [
    finding(
      'token_expires',
      days === 1 ? 'ends in 1 day' : `ends in ${days} days`,
      `Make one in ${systemUsers}, choose “Never” for its end, ${goesTo} before ${date}: then everything stops.`,
    ),
  ];
}

function ofScopes(scopes: readonly string[]): Finding[] {
  return neededScopes
    .filter((scope) => !scopes.includes(scope))
    .map((scope) =>
      finding(
        'scope_missing',
        `lacks ${scope}`,
        `Make a new token in ${systemUsers}, tick ${scope} there, ${goesTo}.`,
      ),
    );
}
