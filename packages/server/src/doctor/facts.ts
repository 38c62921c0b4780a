import type { Secret } from '../config/secret.ts';
import { day } from '../domain/durations.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { AppSubscription, InspectedDatabase, InspectedToken } from '../ports/preflight.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { isTrouble } from './is-trouble.ts';
import { Waits } from './waits.ts';

/** Free numbers whose verification ends sooner are named. Milliseconds. */
export const lapsingWithin = 14 * day;

/** How long the host's function, and the database, may take. Milliseconds. */
const patience = { token: 5_000, database: 12_000 };

/** Something of the host's took too long. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Meta does not know the version that it is asked for, and says so to every question. */
export class VersionUnknown extends Waits {
  constructor() {
    super('graph');
  }
}

/** What is known about a failed call. */
export type Asked<T> = { answer: T } | { error: unknown };

/**
 * What several checks look at: asked for once, by whoever comes first. Each may throw a `GraphError`, and `Waits` where there is
 * nothing to ask until another check passes; `VersionUnknown` is one of these.
 */
export interface Facts {
  /** @throws what the host's function throws */
  token(): Promise<Secret>;
  /** Whether app id and app secret belong together. */
  appSecretIsRight(): Promise<boolean>;
  inspectedToken(): Promise<InspectedToken>;
  subscriptions(): Promise<AppSubscription[]>;
  /** Asked with the system user's token. */
  business(): Promise<{ name: string | undefined }>;
  mayHoldNumbers(): Promise<boolean>;
  database(): Promise<InspectedDatabase>;
  /** Every call to Meta that the options allow, once all have ended. */
  allOfMeta(): Promise<Asked<unknown>[]>;
}

/** The permissions that the BSP's token needs (Meta, "Pre-verified numbers"; "Access tokens"). */
export const neededScopes = ['business_management', 'whatsapp_business_management'] as const;

/** Options that a call with the app's own token needs. */
export const needsApp = ['meta.appId', 'meta.appSecret', 'meta.graphUrl', 'meta.graphVersion'] as const;
/** Options that looking at the BSP's token needs. */
export const needsToken = [...needsApp, 'meta.systemUserToken'] as const;
/** Options that a call on the portfolio needs. */
export const needsBusiness = [...needsToken, 'meta.businessId'] as const;

/** Makes {@link Facts}. */
export function gatherFacts(parts: DoctorParts): Facts {
  const { options, unusable, meta, inspectDatabase, clock, timer } = parts;
  const { appId } = options.meta;
  const can = (needs: readonly string[]) => !needs.some((option) => unusable.has(option));
  const within = <T>(ms: number, act: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const deadline = timer.after(ms, () =>
        reject(new OutOfTime(`It does not answer within ${ms / 1000} s.`)),
      );
      act.then(resolve, reject).finally(() => deadline.cancel());
    });
  const token = once(() => within(patience.token, options.meta.systemUserToken()));
  const asked = {
    inspected: once(async () => {
      const secret = await token();
      return inVersion(meta.inspectToken(secret.reveal()));
    }),
    subscriptions: once(() => inVersion(meta.listSubscriptions())),
    business: once(async () => {
      await token();
      return meta.readBusiness();
    }),
    mayHoldNumbers: once(async () => {
      await token();
      return meta.mayHoldNumbers();
    }),
  };

  const appSecretIsRight = once(async () => {
    const withAppToken = can(needsToken)
      ? await token().then(
          () => asked.inspected,
          () => asked.subscriptions,
        )
      : asked.subscriptions;
    try {
      await withAppToken();
      return true;
    } catch (error) {
      if (error instanceof GraphError && error.kind === 'auth') return false;
      // Whatever else Meta refuses: the app's own token was taken.
      if (error instanceof GraphError && !isTrouble(error)) return true;
      throw error;
    }
  });
  const withApp = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (!(await appSecretIsRight())) throw new Waits('app_secret');
    return ask();
  };
  const inspectedToken = async () => {
    await token().catch(() => {
      throw new Waits('system_user_token');
    });
    return withApp(asked.inspected);
  };
  const withToken = async <T>(ask: () => Promise<T>): Promise<T> => {
    // Asked beside, not after: together they would take too long.
    const answer = ask();
    answer.catch(() => undefined);
    const inspected = await inspectedToken().catch((error: unknown) => {
      throw error instanceof GraphError && !isTrouble(error) ? new Waits('system_user_token') : error;
    });
    const isOurs = inspected.appId === undefined || inspected.appId === appId;
    if (!inspected.valid || !isOurs || !inspected.scopes.includes('business_management')) {
      throw new Waits('system_user_token');
    }
    return answer;
  };

  return {
    token,
    appSecretIsRight,
    inspectedToken,
    subscriptions: () => withApp(asked.subscriptions),
    business: () => withToken(asked.business),
    mayHoldNumbers: () => withToken(asked.mayHoldNumbers),
    database: once(() =>
      within(patience.database, inspectDatabase({ lapsingBefore: clock.now() + lapsingWithin })),
    ),
    allOfMeta: () => {
      const possible: (() => Promise<unknown>)[] = [
        ...(can(needsApp) ? [asked.subscriptions] : []),
        ...(can(needsToken) ? [asked.inspected] : []),
        ...(can(needsBusiness) ? [asked.business, asked.mayHoldNumbers] : []),
      ];
      return Promise.all(
        possible.map((ask) =>
          ask().then(
            (answer) => ({ answer }),
            (error: unknown) => ({ error }),
          ),
        ),
      );
    },
  };
}

/** Every version has the path that is asked for: where Meta knows none, it does not know the version (code 2500). */
async function inVersion<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof GraphError && error.facts.code === 2500 ? new VersionUnknown() : error;
  }
}

/** The same promise for everybody; one that nobody awaits yet is no unhandled rejection. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    if (made === undefined) {
      made = make();
      made.catch(() => undefined);
    }
    return made;
  };
}
