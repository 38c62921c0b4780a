/** The variable that holds an option, where there is one. */
const variables: Readonly<Record<string, string>> = {
  'meta.appId': 'META_APP_ID',
  'meta.appSecret': 'META_APP_SECRET',
  'meta.configId': 'META_CONFIG_ID',
  'meta.businessId': 'META_BUSINESS_ID',
  'meta.systemUserToken': 'META_SYSTEM_USER_TOKEN',
  'meta.webhookVerifyToken': 'META_WEBHOOK_VERIFY_TOKEN',
  'meta.graphVersion': 'META_GRAPH_VERSION',
  'meta.graphUrl': 'META_GRAPH_URL',
  'meta.sdkUrl': 'META_SDK_URL',
  'meta.dialogOrigins': 'META_DIALOG_ORIGINS',
  secrets: 'SIGNUP_SECRETS',
  database: 'SIGNUP_DATABASE',
  allowedOrigins: 'SIGNUP_ALLOWED_ORIGINS',
  numbersPerSession: 'SIGNUP_NUMBERS_PER_SESSION',
  'sms.secret': 'SIGNUP_SMS_SECRET',
  'sms.twilio.authToken': 'SIGNUP_SMS_TWILIO_AUTH_TOKEN',
  'sms.twilio.url': 'SIGNUP_SMS_TWILIO_URL',
  'sms.vonage.signatureSecret': 'SIGNUP_SMS_VONAGE_SECRET',
  'sms.vonage.method': 'SIGNUP_SMS_VONAGE_METHOD',
};
const options = new Map(Object.entries(variables).map(([option, variable]) => [variable, option]));

/**
 * The option that a problem is about, without its place in a list: `secrets` of `secrets.0` and of `SIGNUP_SECRETS_FILE`. What
 * is no variable of ours stays as it is.
 */
export function optionOf(name: string): string {
  const option = options.get(name) ?? options.get(name.replace(/_FILE$/, ''));
  return option ?? name.replace(/(\.\d+|\[\d+\])+$/, '');
}

/** An option by both of its names, whichever was given: `meta.appId (META_APP_ID)`, `secrets[0] (SIGNUP_SECRETS)`. */
export function nameOfOption(name: string): string {
  const option = optionOf(name);
  const variable = variables[option];
  if (variable === undefined) return asWritten(name);
  // A variable names itself, so that `_FILE` is said where that is what is wrong.
  return name.startsWith(option) ? `${asWritten(name)} (${variable})` : `${option} (${name})`;
}

/** As it is written in JavaScript; options as a whole have no name. */
const asWritten = (name: string): string =>
  name === '' ? 'The options' : name.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
