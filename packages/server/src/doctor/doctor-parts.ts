import type { ConfigProblem } from '../config/config-error.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import type { ResolvedOptions } from '../config/resolve-options.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { InspectDatabase, MetaPreflight, Probe } from '../ports/preflight.ts';
import type { Random } from '../ports/random.ts';

/** What a doctor is made of. */
export interface DoctorParts {
  /** With stand-ins for what cannot be used. */
  options: ResolvedOptions;
  /** As it was given. */
  allowedOrigins: EmbeddedSignupOptions['allowedOrigins'];
  /** Why there are no options at all: a sentence. */
  configFailure: string | undefined;
  /** What is wrong with the options. */
  problems: readonly ConfigProblem[];
  /** Names of options that have stand-ins, such as `meta.appId`: nothing may be concluded from them. */
  unusable: ReadonlySet<string>;
  /** Address of the page with the button, where it was named. */
  page: string | undefined;
  meta: MetaPreflight;
  probe: Probe;
  inspectDatabase: InspectDatabase;
  /** This machine's. */
  clock: Clock;
  timer: Timer;
  random: Random;
}
