import { isJsonObject } from '../../json.ts';
import type { Settings } from '../../settings.ts';

/** What a page opened the popup with. */
export interface Launch {
  /** Where messages go: the origin of the page that called FB.login. */
  readonly openerOrigin: string;
  /** Names the FB.login call that waits for the code. */
  readonly channel: string;
  /** `extras.setup.preVerifiedPhone.ids` */
  readonly preverifiedIds: readonly string[];
  /** `extras.setup.business.id` and `.name` */
  readonly businessId: string | undefined;
  readonly businessName: string | undefined;
  /** `extras.setup.phone.displayName` */
  readonly displayName: string | undefined;
  /** `fallback_redirect_uri` */
  readonly redirectUri: string | undefined;
}

/** Why the popup does not start; the real one does not say. */
export interface LaunchRefusal {
  readonly hint: string;
}

/**
 * Reads the query of the dialog. Extras of the v2, v3 and v4 shapes all have the same `setup`; its members may be
 * null, as the Embedded Signup Builder writes them. Extras that are no JSON are ignored.
 */
export function parseLaunch(query: URLSearchParams, settings: Settings): Launch | LaunchRefusal {
  if (query.get('app_id') !== settings.appId) return { hint: `app_id must be ${settings.appId}.` };
  if (query.get('config_id') !== settings.configId)
    return { hint: `config_id must be ${settings.configId}.` };
  if (query.get('response_type') !== 'code' || query.get('override_default_response_type') !== 'true') {
    return { hint: "FB.login needs response_type: 'code' and override_default_response_type: true." };
  }
  const openerOrigin = parseOrigin(query.get('origin'));
  if (openerOrigin === undefined)
    return { hint: 'origin must be the origin of the page that opens the popup.' };
  const setup = member(parseJson(query.get('extras')), 'setup');
  const business = member(setup, 'business');
  return {
    openerOrigin,
    channel: query.get('cb') ?? '',
    preverifiedIds: texts(member(member(setup, 'preVerifiedPhone'), 'ids')),
    businessId: text(member(business, 'id')),
    businessName: text(member(business, 'name'))?.slice(0, 100),
    displayName: text(member(member(setup, 'phone'), 'displayName')),
    redirectUri: query.get('fallback_redirect_uri') ?? undefined,
  };
}

function parseOrigin(value: string | null): string | undefined {
  if (value === null || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : undefined;
}

function parseJson(value: string | null): unknown {
  if (value === null) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
