import { askForCode } from './claims/ask-for-code.ts';
import { claimVerbs } from './claims/claim-verbs.ts';
import { codeByText } from './claims/code-by-text.ts';
import { deriveKeys } from './config/derive-keys.ts';
import type { EmbeddedSignupOptions } from './config/options.ts';
import { resolveOptions, type ResolvedOptions } from './config/resolve-options.ts';
import type { HostEventType } from './domain/host-event-types.ts';
import { createBackground } from './create-background.ts';
import type { EmbeddedSignup } from './embedded-signup.ts';
import { createGraph } from './graph/create-graph.ts';
import { parseJson } from './graph/lossless-json.ts';
import { crossOrigin } from './http/cross-origin.ts';
import { healthRouter } from './http/health-router.ts';
import { problemHandler } from './http/http-problem.ts';
import { operatorRouter } from './http/operator-router.ts';
import { publicRouter } from './http/public-router.ts';
import { whoCalls } from './http/who-calls.ts';
import { numberVerbs } from './numbers/number-verbs.ts';
import { createPool } from './pool/create-pool.ts';
import type { Clock } from './ports/clock.ts';
import type { HostEventDestination } from './ports/host-events.ts';
import { rotateSecrets } from './secrets/rotate-secrets.ts';
import { openSession } from './signup/open-session.ts';
import { receiveClaim } from './signup/receive-claim.ts';
import { receiveSessionEvent } from './signup/receive-session-event.ts';
import { createStore } from './store/create-store.ts';
import { openDatabase } from './store/open-database.ts';
import { databaseClock } from './system/database-clock.ts';
import { createJoseCipher } from './system/jose-cipher.ts';
import { createJoseSessionTokens } from './system/jose-session-tokens.ts';
import { withDefaults } from './system/default-deps.ts';
import { createPostJson } from './system/post-json.ts';
import { receiveWebhook } from './webhook/receive-webhook.ts';

/** A worker renews its lease three times as often. Milliseconds. */
const usualLeaseMs = 20_000;

/** What closing may take, milliseconds: for work to come to its next halt, and then for calls that were cut off. */
const patience = { halt: 8_000, cutOff: 1_500 };

/**
 * Puts the kit together: checks the options, opens the database and brings its schema up to date.
 *
 * @throws ConfigError naming every option that cannot work
 * @throws StoreUnavailableError, SchemaTooNewError when the database cannot be used
 * @example
 * const signup = await createEmbeddedSignup({ ...optionsFromEnv(), customer: (req) => req.session.customerId });
 * app.use('/signup', signup.router);
 * await signup.start();
 */
export async function createEmbeddedSignup(input: EmbeddedSignupOptions): Promise<EmbeddedSignup> {
  const options = resolveOptions(input);
  const { meta, secrets } = options;
  const system = withDefaults(input.deps);
  const leaseMs = input.deps?.leaseMs ?? usualLeaseMs;
  const { timer, random, logger } = system;
  // A host's own clock is taken at its word.
  const common = databaseClock({
    machine: system.clock,
    timer,
    logger,
    readDatabase: async () => (input.deps?.clock === undefined ? store.databaseTime() : undefined),
  });
  const clock: Clock = common;

  const cipher = input.deps?.cipher ?? (await createJoseCipher(deriveKeys(secrets, 'data')));
  const tokens = await createJoseSessionTokens({
    keys: deriveKeys(secrets, 'sessions'),
    appId: meta.appId,
    now: clock.now,
  });
  const engine = openDatabase(options.database, {
    sleep: system.sleep,
    onLostConnection: (error) => logger.warn('a database connection was lost', { error: error.name }),
  });
  const store = createStore({
    engine,
    scope: { appId: meta.appId, businessId: meta.businessId },
    now: clock.now,
    defer: system.defer,
    leaseMs,
    newId: random.id,
    destinations: destinationsOf(options),
  });
  const migrated = await store.migrate().catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  await common.measure();
  common.watch();

  const graph = createGraph({
    meta,
    dispatcher: input.deps?.dispatcher,
    now: clock.now,
    // A clock that a test moves is to move Meta's waits as well; the machine's may be set back.
    monotonic: input.deps?.clock?.now,
    random,
    logger,
  });

  const closing = new AbortController();
  const poster = createPostJson({ timer });
  const wake = (claimId: string): void => worker.wake(claimId);
  const verbDeps = { graph, store, clock, random, cipher, wake };
  const { accessToken, redeliver, ...verbs } = claimVerbs(verbDeps);
  const pooling = createPool({
    graph,
    store,
    cipher,
    clock,
    logger,
    businessId: meta.businessId,
    sleep: system.sleep,
    markKeys: deriveKeys(secrets, 'marks'),
    codeLanguage: options.pool.codeLanguage,
    handInForClaim: codeByText(verbDeps),
    closing: closing.signal,
  });
  const { worker, sync, mirror } = createBackground({
    graph,
    store,
    cipher,
    clock,
    timer,
    random,
    logger,
    options,
    leaseMs,
    post: poster.post,
    requestCode: pooling.requestCode,
    askForCode: askForCode(verbs.requestCode, options.pool.codeLanguage),
    texts: pooling.texts,
    closing: closing.signal,
  });
  const pool = pooling.verbs(sync);
  const numbers = numberVerbs(verbDeps);

  let closed: Promise<void> | undefined;
  const close = async () => {
    closing.abort();
    common.stop();
    await worker.drained(patience.halt);
    // Calls that go on now end as unreachable, and their claims are given back.
    await Promise.all([graph.close(), poster.close()]);
    await worker.drained(patience.cutOff);
    await store.close();
  };
  const takeWebhook = receiveWebhook({
    store,
    clock,
    logger,
    meta,
    onWebhook: options.on.webhook,
    parseJson,
  });
  const problems = problemHandler({ logger, random, clock });
  const health = healthRouter({ store, isDraining: () => closing.signal.aborted });
  const router = publicRouter({
    health,
    webhook: { verifyToken: meta.webhookVerifyToken, receiveWebhook: takeWebhook, timer, logger },
    sms: { sms: options.sms, receiveText: pool.receiveText, clock, timer, logger },
    customer: {
      who: whoCalls({ customer: options.customer, tokens }),
      guard: crossOrigin({ mayCall: options.mayCall }),
      store,
      openSession: openSession({ store, tokens, clock, random, options }),
      receiveSessionEvent: receiveSessionEvent({ store, clock, random }),
      receiveClaim: receiveClaim({ store, cipher, clock, random, appId: meta.appId, wake: worker.wake }),
      claims: verbs,
    },
    problems,
  });
  const operator = operatorRouter({
    store,
    clock,
    pool,
    businessId: meta.businessId,
    claims: { ...verbs, accessToken, redeliver },
    numbers,
    operator: options.operator,
    problems,
  });

  return {
    router,
    operator,
    health,
    migrated,
    pool,
    claims: { ...verbs, find: store.findClaim, list: store.listClaims },
    numbers,
    accessToken,
    receiveWebhook: takeWebhook,
    rotateSecrets: rotateSecrets({ store, cipher, sleep: system.sleep }),
    async start() {
      // The worker first: a claim may come in while Meta lists a large pool, and its code lives 30 seconds.
      worker.start();
      await mirror();
    },
    runDue: worker.runDue,
    close: () => (closed ??= close()),
  };
}

/** Where the host wants to be told of which event. */
function destinationsOf({ on, events }: ResolvedOptions) {
  return (type: HostEventType): HostEventDestination[] => [
    ...(on[type] === undefined ? [] : (['handler'] as const)),
    ...(events === undefined ? [] : (['http'] as const)),
  ];
}
