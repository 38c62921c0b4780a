import { checkOf, finding } from '../check.ts';
import { needsApp } from '../facts.ts';

/** App id and app secret belong together: Meta takes the token that is made of them. */
export const checkAppSecret = checkOf('app_secret', needsApp, async ({ facts, options }) => {
  const { appId } = options.meta;
  if (await facts.appSecretIsRight()) return { seen: `belong together (app ${appId})` };
  return {
    seen: '',
    findings: [
      finding(
        'app_secret_wrong',
        'do not belong together',
        `Copy both anew from App Dashboard ▸ App settings ▸ Basic: “App ID” to meta.appId (META_APP_ID, now ${appId}), “App secret” ▸ Show to meta.appSecret (META_APP_SECRET). Of a list, the first one is used for calls.`,
      ),
    ],
  };
});
