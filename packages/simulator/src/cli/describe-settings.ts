import { SMS_SECRET, type SmsRequest } from '../webhooks/sms/sms-request.ts';
import type { Simulator } from '../start-simulator.ts';

/** Where texted codes go. The secret is told only when it is the simulator's own. */
export function describeProvider({ url, form = 'json', ...secrets }: SmsRequest): string {
  const own = (secrets.secret ?? secrets.authToken ?? secrets.signatureSecret) === undefined;
  const proof = own ? `, with the secret ${SMS_SECRET}` : '';
  return `Codes that are texted to the BSP's numbers go to ${url} as ${form}${proof}.`;
}

/** What a host is configured with, as `.env` lines. The secrets open nothing but this simulator. */
export function settingsAsEnv(simulator: Simulator, graphVersion: string): string {
  const { url } = simulator;
  const lines = {
    META_APP_ID: simulator.appId,
    META_APP_SECRET: simulator.appSecret,
    META_CONFIG_ID: simulator.configId,
    META_BUSINESS_ID: simulator.businessId,
    META_SYSTEM_USER_TOKEN: simulator.systemUserToken,
    META_WEBHOOK_VERIFY_TOKEN: simulator.webhookVerifyToken,
    META_GRAPH_VERSION: graphVersion,
    META_GRAPH_URL: url,
    META_SDK_URL: `${url}/en_US/sdk.js`,
    META_DIALOG_ORIGINS: url,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}
