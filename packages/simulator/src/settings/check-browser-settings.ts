import type { Settings } from './settings.ts';

type BrowserSettings = Pick<Settings, 'lastScreen' | 'dialogHost' | 'redirectInsteadOfPopup'>;

/** Throws TypeError naming the setting of SDK or popup that cannot stand so. */
export function checkBrowserSettings(settings: BrowserSettings): void {
  const { lastScreen, dialogHost, redirectInsteadOfPopup } = settings;
  if (lastScreen !== 'closes' && lastScreen !== 'stays') {
    throw new TypeError("lastScreen must be 'closes' or 'stays'");
  }
  if (dialogHost !== undefined && !isHostName(dialogHost)) {
    throw new TypeError('dialogHost must be a host name without scheme and port, such as localhost');
  }
  if (typeof redirectInsteadOfPopup !== 'boolean') {
    throw new TypeError('redirectInsteadOfPopup must be true or false');
  }
}

function isHostName(host: unknown): boolean {
  if (typeof host !== 'string' || !/^([a-z\d.-]+|\[[\da-f:]+\])$/i.test(host)) return false;
  return URL.canParse(`http://${host}:1`);
}
