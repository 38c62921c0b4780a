import { statfs } from 'node:fs/promises';
import type { Check } from '../../doctor/check.ts';
import { examine } from '../../doctor/examine.ts';
import { createPreflight } from '../../graph/create-preflight.ts';
import type { Exchange } from '../../ports/preflight.ts';
import { inspectDatabase } from '../../store/inspect/inspect-database.ts';
import { withDefaults } from '../../system/default-deps.ts';
import { createProber } from '../../system/probe.ts';
import { configToExamine } from './config-to-examine.ts';

/** A call to Meta with its repeats. Milliseconds. */
const deadline = 6_000;

/**
 * Puts a doctor together from the options of a command, and lets it look at everything.
 *
 * @param input.file of `--config`; without it the options come from the environment
 * @throws UsageError when there are neither
 */
export async function runDoctor({
  file,
  env,
  page,
}: {
  file: string | undefined;
  env: Record<string, string | undefined>;
  page: string | undefined;
}): Promise<{ checks: Check[]; exchanges: readonly Exchange[] }> {
  const { options, problems, unusable, given, configFailure } = await configToExamine(file, env);
  const { clock, timer, random, sleep } = withDefaults(given.deps);
  const { now } = clock;
  const { meta: ids } = options;
  const meta = createPreflight({ meta: ids, dispatcher: given.deps?.dispatcher, now, deadline });
  const prober = createProber({ timer });
  try {
    const checks = await examine({
      options,
      allowedOrigins: given.allowedOrigins,
      configFailure,
      problems,
      unusable,
      page,
      meta,
      probe: prober.probe,
      inspectDatabase: inspectDatabase(options.database, {
        scope: { appId: ids.appId, businessId: ids.businessId },
        now,
        sleep,
        fileSystemOf: async (folder) => (await statfs(folder)).type,
      }),
      clock,
      timer,
      random,
    });
    return { checks, exchanges: meta.exchanges() };
  } finally {
    await Promise.all([meta.close(), prober.close()]);
  }
}
