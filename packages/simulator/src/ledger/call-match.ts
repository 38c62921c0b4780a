/** Which Graph calls are meant; without a member, any. */
export interface CallMatch {
  /** `GET`, in capitals or not. */
  readonly method?: string | undefined;
  /** Path without version, such as `/oauth/access_token`; a segment `*` stands for any one. */
  readonly path?: string | undefined;
}

/** Whether a call to `path` (without version) is one of those meant. */
export function matchesCall(match: CallMatch, method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  // `oauth/access_token` means the same as `/oauth/access_token`.
  const wanted = `/${match.path.replace(/^\//, '')}`.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, i) => part === '*' || part === given[i]);
}
