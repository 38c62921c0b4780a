import { checkOf, finding } from '../check.ts';

/** Every option is there and can work: what `createEmbeddedSignup` would refuse, by name. */
export const checkOptions = checkOf('options', [], ({ configFailure, problems }) =>
  Promise.resolve({
    seen: 'all of them can work',
    findings: [
      ...(configFailure === undefined
        ? []
        : [finding('config_not_loaded', 'cannot be loaded', `No options: ${configFailure}`)]),
      ...problems.map(({ option, message }) =>
        finding('option_invalid', option, `${option} ${message}.${whereToLook(option)}`),
      ),
    ],
  }),
);

/** Where Meta shows the value. */
const places: Readonly<Record<string, string>> = {
  'meta.appId': 'App Dashboard ▸ App settings ▸ Basic ▸ App ID',
  META_APP_ID: 'App Dashboard ▸ App settings ▸ Basic ▸ App ID',
  'meta.appSecret': 'App Dashboard ▸ App settings ▸ Basic ▸ App secret',
  META_APP_SECRET: 'App Dashboard ▸ App settings ▸ Basic ▸ App secret',
  'meta.configId': 'App Dashboard ▸ Facebook Login for Business ▸ Configurations ▸ Configuration ID',
  META_CONFIG_ID: 'App Dashboard ▸ Facebook Login for Business ▸ Configurations ▸ Configuration ID',
  'meta.businessId': 'Business settings ▸ Business info ▸ Business portfolio ID',
  META_BUSINESS_ID: 'Business settings ▸ Business info ▸ Business portfolio ID',
  'meta.systemUserToken': 'Business settings ▸ Users ▸ System users ▸ Generate token',
  META_SYSTEM_USER_TOKEN: 'Business settings ▸ Users ▸ System users ▸ Generate token',
};

function whereToLook(option: string): string {
  const place = places[option.replace(/_FILE$/, '')];
  return place === undefined ? '' : ` It is in ${place}.`;
}
