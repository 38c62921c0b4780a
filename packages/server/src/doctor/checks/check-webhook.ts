import { createHmac } from 'node:crypto';
import { second } from '../../domain/durations.ts';
import { GraphError } from '../../ports/graph-error.ts';
import { ProbeError, type ProbeAnswer, type ProbeInput } from '../../ports/preflight.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import type { DoctorDeps } from '../doctor-deps.ts';
import { needsApp } from '../facts.ts';
import { isTrouble } from '../is-trouble.ts';
import { isLoopback, isPrivateHost } from '../private-host.ts';
import { Waits } from '../waits.ts';
import { judgeCallback, type CallbackAnswers } from '../judge-callback.ts';
import { whatsappOf } from './check-app-subscription.ts';

/** For each call, milliseconds. All are made at once. */
const patience = 6 * second;

/** As a webhook of Meta's, without anything in it: whoever takes it has nothing to do. */
const emptyWebhook = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });

/**
 * The callback that Meta knows answers as Meta wants it: the handshake, a webhook with our signature, and one with a wrong one.
 * It is called as Meta would call it, from here.
 */
export const checkWebhook = checkOf('webhook', [...needsApp, 'meta.webhookVerifyToken'], async (deps) => {
  const subscription = whatsappOf(await deps.facts.subscriptions().catch(asWaiting));
  const address = subscription?.callbackUrl;
  if (address === undefined) throw new Waits('app_subscription');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && !isLoopback(url.hostname))) {
    // The verify token would travel in the clear.
    return {
      seen: '',
      findings: [
        finding(
          'webhook_not_https',
          'no https address',
          'Enter an https address with a certificate of a public authority in App Dashboard ▸ WhatsApp ▸ Configuration ▸ Webhook ▸ Callback URL: Meta sends to no other.',
        ),
      ],
    };
  }
  const answers = await callCallback(deps, url);
  const { findings, whose } = judgeCallback(url, answers);
  return { seen: `${url.host} takes what Meta signs; ${whose}`, findings: [...ofHost(url), ...findings] };
});

/** What Meta refuses is said by the check of the subscription. */
function asWaiting(error: unknown): never {
  throw error instanceof GraphError && !isTrouble(error) ? new Waits('app_subscription') : error;
}

function ofHost({ hostname }: URL): Finding[] {
  if (!isPrivateHost(hostname)) return [];
  return [
    finding(
      'webhook_private',
      `${hostname} is a private address`,
      'Enter an address that the Internet can reach in App Dashboard ▸ WhatsApp ▸ Configuration ▸ Webhook ▸ Callback URL; on a machine of your own, that of a tunnel.',
    ),
  ];
}

async function callCallback({ options, probe, random }: DoctorDeps, url: URL): Promise<CallbackAnswers> {
  const call = async (input: Omit<ProbeInput, 'timeoutMs'>): Promise<ProbeAnswer | string> => {
    try {
      return await probe({ ...input, timeoutMs: patience });
    } catch (error) {
      return error instanceof ProbeError ? error.message : 'CONNECTION_FAILED';
    }
  };
  const challenge = String(1_000_000_000 + random.below(1_000_000_000));
  const post = (secret: string) =>
    call({
      url: url.href,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(emptyWebhook).digest('hex')}`,
      },
      body: emptyWebhook,
    });
  const [handshake, signed, unsigned] = await Promise.all([
    options.meta.webhookVerifyToken === undefined
      ? undefined
      : call({ url: handshakeOf(url, challenge, options.meta.webhookVerifyToken.reveal()), method: 'GET' }),
    post(options.meta.appSecrets[0].reveal()),
    post(`not the secret ${random.id()}`),
  ]);
  return { challenge, handshake, signed, unsigned };
}

function handshakeOf(url: URL, challenge: string, verifyToken: string): string {
  const address = new URL(url);
  address.searchParams.set('hub.mode', 'subscribe');
  address.searchParams.set('hub.challenge', challenge);
  address.searchParams.set('hub.verify_token', verifyToken);
  return address.href;
}
