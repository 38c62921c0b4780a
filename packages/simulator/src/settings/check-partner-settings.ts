import type { Settings } from './settings.ts';

type PartnerSettings = Pick<
  Settings,
  'systemUserScopes' | 'systemUserTokenExpiresAt' | 'systemUserTokenAppId' | 'poolEligible'
>;

/** Throws TypeError naming the setting of the BSP's system user or business that cannot stand so. */
export function checkPartnerSettings(settings: PartnerSettings): void {
  const { systemUserScopes, systemUserTokenExpiresAt, systemUserTokenAppId, poolEligible } = settings;
  const scopes: unknown = systemUserScopes;
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string' && scope !== '')) {
    throw new TypeError('systemUserScopes must list permissions such as business_management');
  }
  if (systemUserTokenExpiresAt !== undefined && !Number.isSafeInteger(systemUserTokenExpiresAt)) {
    throw new TypeError('systemUserTokenExpiresAt must be a time in whole ms; leave it out for never');
  }
  if (systemUserTokenAppId !== undefined && !/^\d+$/.test(systemUserTokenAppId)) {
    throw new TypeError('systemUserTokenAppId must be a string of digits');
  }
  if (typeof poolEligible !== 'boolean') throw new TypeError('poolEligible must be true or false');
}
