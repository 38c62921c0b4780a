import type { Settings } from '../settings/settings.ts';

/** Where the popup is, for a page that has the SDK from `origin`: the same server, perhaps by another name. */
export function dialogOrigin(origin: string, { dialogHost }: Pick<Settings, 'dialogHost'>): string {
  if (dialogHost === undefined) return origin;
  const url = new URL(origin);
  url.hostname = dialogHost;
  return url.origin;
}
