import { checkOf, finding } from '../check.ts';
import { nameOfOption, optionOf } from '../option-names.ts';

/** Every option is there and can work: what `createEmbeddedSignup` would refuse, by name. */
export const checkOptions = checkOf('options', [], ({ configFailure, problems }) =>
  Promise.resolve({
    seen: 'all of them can work',
    findings: [
      ...(configFailure === undefined
        ? []
        : [finding('config_not_loaded', 'cannot be loaded', `No options: ${configFailure}`)]),
      ...problems.map(({ option, message }) =>
        finding(
          'option_invalid',
          nameOfOption(option),
          `${nameOfOption(option)} ${message}.${whereToLook(option)}`,
        ),
      ),
    ],
  }),
);

/** Where Meta shows the value. */
const places: Readonly<Record<string, string>> = {
  'meta.appId': 'App Dashboard ▸ App settings ▸ Basic ▸ App ID',
  'meta.appSecret': 'App Dashboard ▸ App settings ▸ Basic ▸ App secret',
  'meta.configId': 'App Dashboard ▸ Facebook Login for Business ▸ Configurations ▸ Configuration ID',
  'meta.businessId': 'Business settings ▸ Business info ▸ Business portfolio ID',
  'meta.systemUserToken': 'Business settings ▸ Users ▸ System users ▸ Generate token',
};

function whereToLook(option: string): string {
  const place = places[optionOf(option)];
  return place === undefined ? '' : ` It is in ${place}.`;
}
