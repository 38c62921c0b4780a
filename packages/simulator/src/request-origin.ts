import type { Request } from 'express';

/** The simulator's own origin as the caller wrote it, so that `localhost` and `127.0.0.1` both work. */
export function originOf(req: Request): string {
  return `${req.protocol}://${req.get('host') ?? 'localhost'}`;
}
