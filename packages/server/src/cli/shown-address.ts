/** What of an address may hold a secret is left out: the query. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return 'an address that cannot be shown';
  const { origin, pathname, search } = new URL(address);
  return origin + (pathname === '/' ? '' : pathname) + (search === '' ? '' : '?…');
}

/** Parameters of PostgreSQL’s addresses that are no secret. */
const harmless = new Set(['sslmode', 'application_name', 'connect_timeout', 'options']);

/**
 * The address of a database without its password. Where it is not certain that a password is not read as something else,
 * nothing of it is shown.
 */
export function shownDatabase(database: string): string {
  if (database.startsWith('sqlite:')) return database;
  const hidden = 'PostgreSQL (its address cannot be shown)';
  if (!URL.canParse(database)) return hidden;
  const { protocol, username, password, host, pathname, search, hash, searchParams } = new URL(database);
  // A `/`, `?` or `#` in a password that is not escaped makes a host of the user and a path of the password.
  if (`${pathname}${search}${hash}`.includes('@')) return hidden;
  const user = username === '' ? '' : `${username}${password === '' ? '' : ':…'}@`;
  const parameters = [...searchParams].map(([name, value]) =>
    harmless.has(name) ? `${name}=${value}` : /^[a-z_]{1,30}$/i.test(name) ? `${name}=…` : '…',
  );
  return `${protocol}//${user}${host}${pathname}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
}
