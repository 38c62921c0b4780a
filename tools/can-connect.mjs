// Asks a PostgreSQL server one question, to see whether it takes connections.
// @ts-check
import pg from 'pg';

/**
 * @param {string} url
 * @returns {Promise<string | undefined>} why not, without the password
 */
export async function canConnect(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that is still starting may cut the line after the answer; without a listener that ends the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message || error.constructor.name : String(error);
  } finally {
    await client.end().catch(() => {});
  }
}
