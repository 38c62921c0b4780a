import { launchFeatures, type LaunchFeatures } from '../../../signup/launch-features.ts';
import type { Settings } from '../../../settings/settings.ts';
import { readPrefill, type Prefill } from './prefill.ts';
import { member, parseJson } from './read-extras.ts';

/** What a page opened the popup with. */
export interface Launch {
  /** Where messages go: the origin of the page that called FB.login. */
  readonly openerOrigin: string;
  /** Names the FB.login call that waits for the code. */
  readonly channel: string;
  /** Where the customer goes back to, when the page itself came here instead of opening a popup. */
  readonly returnTo: string | undefined;
  /** OAuth's `state`, which goes back as it came. */
  readonly state: string | undefined;
  /** What the exchange of the code may have to repeat: `fallback_redirect_uri`, or `returnTo`. */
  readonly redirectUri: string | undefined;
  /** What the version and the features of the launch allow. */
  readonly features: LaunchFeatures;
  readonly prefill: Prefill;
}

/** Why the popup does not start; the real one does not say. */
export interface LaunchRefusal {
  readonly hint: string;
}

/**
 * Reads the query of the dialog. Extras of the v2, v3 and v4 shapes all have the same `setup`. Extras that are no JSON
 * are ignored.
 */
export function parseLaunch(query: URLSearchParams, settings: Settings): Launch | LaunchRefusal {
  if (query.get('app_id') !== settings.appId) return { hint: `app_id must be ${settings.appId}.` };
  if (query.get('config_id') !== settings.configId)
    return { hint: `config_id must be ${settings.configId}.` };
  const back = query.get('display') === 'popup' ? null : query.get('redirect_uri');
  const overridden = back !== null || query.get('override_default_response_type') === 'true';
  if (query.get('response_type') !== 'code' || !overridden) {
    return { hint: "FB.login needs response_type: 'code' and override_default_response_type: true." };
  }
  const fallback = query.get('fallback_redirect_uri');
  const returnTo = parseWebAddress(back);
  const problem = back === null ? undefined : problemWithReturn(returnTo, back === fallback);
  if (problem !== undefined) return { hint: problem };
  const openerOrigin = parseWebAddress(query.get('origin'))?.origin ?? returnTo?.origin;
  if (openerOrigin === undefined)
    return { hint: 'origin must be the origin of the page that opens the popup.' };
  const extras = parseJson(query.get('extras'));
  return {
    openerOrigin,
    channel: query.get('cb') ?? '',
    returnTo: back ?? undefined,
    state: query.get('state') ?? undefined,
    redirectUri: back ?? fallback ?? undefined,
    features: launchFeatures(extras, settings),
    prefill: readPrefill(member(extras, 'setup')),
  };
}

/** Strict mode wants a redirect as it was registered: it was seen to refuse a page's own address with a query. */
function problemWithReturn(returnTo: URL | undefined, isFallback: boolean): string | undefined {
  if (returnTo === undefined) return 'redirect_uri must be an address that begins with http or https.';
  if (returnTo.search === '' || isFallback) return undefined;
  return "redirect_uri has a query, which strict mode refuses. Give FB.login a fallback_redirect_uri without the page's query.";
}

function parseWebAddress(value: string | null): URL | undefined {
  if (value === null || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
