/** The same in each short run, so that a failure comes again; another one in each long run. `FAULT_SEED` says which. */
export function seedOfRun(): number {
  const given = process.env['FAULT_SEED'];
  if (given !== undefined) return Number(given);
  return process.env['TEST_LONG'] === '1' ? Math.floor(performance.timeOrigin) % 1_000_000 : 20_261_121;
}
