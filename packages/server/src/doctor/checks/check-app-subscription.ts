import { GraphError } from '../../ports/graph-error.ts';
import type { AppSubscription } from '../../ports/preflight.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import { needsApp } from '../facts.ts';
import { isTrouble } from '../is-trouble.ts';

const configuration = 'App Dashboard ▸ WhatsApp ▸ Configuration ▸ Webhook';

/** What the kit, or its host, would miss without them. */
const useful = {
  messages: 'no message reaches on.webhook, and nobody knows who its sender is',
  phone_number_quality_update: 'nobody hears that a number’s limit changes',
  phone_number_name_update: 'nobody hears whether a display name is approved',
  business_capability_update: 'nobody hears how many numbers a customer may have',
} as const;

/** The app is subscribed to what the kit needs to hear. */
export const checkAppSubscription = checkOf('app_subscription', needsApp, async ({ facts }) => {
  try {
    const ofAccounts = whatsappOf(await facts.subscriptions());
    return { seen: `account_update comes to ${hostOf(ofAccounts)}`, findings: findingsOf(ofAccounts) };
  } catch (error) {
    if (!(error instanceof GraphError) || isTrouble(error)) throw error;
    return {
      seen: '',
      findings: [
        finding('subscriptions_refused', `Meta refuses to list it (${error.reason})`, error.message),
      ],
    };
  }
});

/** The subscription that the kit lives on. */
export function whatsappOf(all: readonly AppSubscription[]): AppSubscription | undefined {
  return all.find(({ object }) => object === 'whatsapp_business_account');
}

function hostOf(subscription: AppSubscription | undefined): string {
  const url = subscription?.callbackUrl ?? '';
  return URL.canParse(url) ? new URL(url).host : 'an address that Meta does not tell';
}

function findingsOf(subscription: AppSubscription | undefined): Finding[] {
  if (subscription === undefined) {
    return [
      finding(
        'subscription_missing',
        'no callback is set up',
        `Enter the address of /webhook under your mount path and meta.webhookVerifyToken (META_WEBHOOK_VERIFY_TOKEN) in ${configuration} ▸ Edit, then subscribe to account_update there.`,
      ),
    ];
  }
  if (!subscription.active) {
    return [
      finding(
        'subscription_inactive',
        'switched off',
        `Meta has switched the callback off, as after many failures: verify and save it anew in ${configuration} ▸ Edit.`,
      ),
    ];
  }
  const { fields } = subscription;
  const lacking = Object.entries(useful).filter(([field]) => !fields.includes(field));
  const missing = lacking.map(([field]) => field);
  const losses = lacking.map(([, loss]) => loss);
  return [
    ...(fields.includes('account_update')
      ? []
      : [
          finding(
            'account_update_missing',
            'account_update is not subscribed',
            `Subscribe to account_update in ${configuration} ▸ Manage ▸ Webhook fields: without it nobody hears of customers whose browser never came back.`,
          ),
        ]),
    ...(missing.length === 0
      ? []
      : [
          finding(
            'fields_missing',
            `${missing.join(', ')} not subscribed`,
            `Subscribe to ${missing.join(', ')} in ${configuration} ▸ Manage ▸ Webhook fields: without them, ${losses.join(', ')}.`,
          ),
        ]),
  ];
}
