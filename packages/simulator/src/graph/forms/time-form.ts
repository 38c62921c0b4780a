import type { TimeForm } from '../../settings/settings.ts';

/** Writes a time (ms, UTC) as `2026-11-20T12:00:00+0000` or as seconds since 1970; Meta documents both. */
export function writeTime(time: number | undefined, form: TimeForm): string | number | undefined {
  if (time === undefined) return undefined;
  const seconds = Math.floor(time / 1000);
  return form === 'unix' ? seconds : new Date(seconds * 1000).toISOString().replace('.000Z', '+0000');
}
