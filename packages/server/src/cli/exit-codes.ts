/** How a command ends. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** Done, but for the parts that the output names. */
  partlyFailed: 3,
} as const;

/** As shells count: 128 and the number of the signal. */
export const exitCodeOf = { SIGINT: 130, SIGTERM: 143 } as const;

/** Of work that has parts: failed when none was done, partly failed when some were. */
export function exitCodeOfParts({ done, failed }: { done: number; failed: number }): number {
  if (failed === 0) return exitCodes.done;
  return done === 0 ? exitCodes.failed : exitCodes.partlyFailed;
}
