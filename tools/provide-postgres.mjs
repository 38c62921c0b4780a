// Vitest global setup: tests read `inject('postgresUrl')`; programs they start read TEST_POSTGRES_URL.
// @ts-check
import { startPostgres } from './start-postgres.mjs';

/** @param {import('vitest/node').TestProject} project */
export async function setup(project) {
  // The second project of a run finds the first one's server in the variable and only tries it.
  // Nobody stops it: it ends with this process, and a teardown per project would end it too early.
  const { url } = await startPostgres();
  process.env.TEST_POSTGRES_URL = url;
  project.provide('postgresUrl', url);
}
