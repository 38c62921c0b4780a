import { isJsonObject } from '../json.ts';
import type { SessionLogForm, Settings } from '../settings/settings.ts';

/** What the version and the features of a launch make of the flow (Embedded Signup versions page). */
export interface LaunchFeatures {
  readonly form: SessionLogForm;
  /** A v2 launch without `sessionInfoVersion`: no message is posted at all. */
  readonly silent: boolean;
  /** The number of the WhatsApp Business app may be brought along. */
  readonly coexistence: boolean;
  /** Only the app is installed on what the business has. */
  readonly appOnly: boolean;
  /** No number is asked for. */
  readonly onlyWaba: boolean;
  /** From v3 on a customer may put off the verification, or the number as a whole. */
  readonly mayFinishUnverified: boolean;
  readonly mayFinishWithoutNumber: boolean;
}

/**
 * Reads `extras`. The version comes from `extras.version`; without one the configuration decides, which is of v4 unless
 * the option `sessionLog` says otherwise.
 */
export function launchFeatures(
  extras: unknown,
  { sessionLog, assumptions }: Pick<Settings, 'sessionLog' | 'assumptions'>,
): LaunchFeatures {
  const given = isJsonObject(extras) ? extras : {};
  const { version } = given;
  const asked = typeof version === 'string' || typeof version === 'number' ? `${version}` : '';
  const form = formOf(asked, sessionLog);
  const servesRemoved = assumptions.removedFeatureTypes === 'served';
  // One of Meta's pages writes `feature_type`.
  const featureType = given['featureType'] ?? given['feature_type'];
  const names = Array.isArray(given['features'])
    ? given['features'].map((feature: unknown) => (isJsonObject(feature) ? feature['name'] : undefined))
    : [];
  // The public previews of v2 post in all flows and know app-only installs; plain v2 does neither.
  const isPlainV2 = form === 'v2' && !asked.includes('preview');
  return {
    form,
    silent: isPlainV2 && given['sessionInfoVersion'] === undefined,
    coexistence:
      featureType === 'whatsapp_business_app_onboarding' || (servesRemoved && featureType === 'coexistence'),
    appOnly: !isPlainV2 && names.includes('app_only_install'),
    onlyWaba: servesRemoved && form === 'v2' && featureType === 'only_waba_sharing',
    mayFinishUnverified: form !== 'v2',
    mayFinishWithoutNumber: form !== 'v2',
  };
}

function formOf(asked: string, sessionLog: Settings['sessionLog']): SessionLogForm {
  if (sessionLog !== 'auto') return sessionLog;
  if (/^v?2/.test(asked)) return 'v2';
  return /^v?3/.test(asked) ? 'v3' : 'v4';
}
