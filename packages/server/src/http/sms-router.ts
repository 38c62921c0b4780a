import { Router, type Request, type Response } from 'express';
import type { ResolvedSms } from '../config/resolve-options.ts';
import type { ReceivedText, TextOutcome } from '../pool/receive-text.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { HttpProblem } from './http-problem.ts';
import { addressOf, queryIn } from './sms/address-of.ts';
import { bearerIn, isOneOf } from './sms/is-one-of.ts';
import { bytesAreGone, textBodies } from './sms/read-text-body.ts';
import { relayedText } from './sms/relayed-text.ts';
import type { SignedText, TextBody, TextRequest } from './sms/text-request.ts';
import { looksLikeTwilios, saysTwilio, twilioText } from './sms/twilio-text.ts';
import { vonageMessage } from './sms/vonage-message.ts';
import { vonageText } from './sms/vonage-text.ts';

/** What the route for texts is made of. */
export interface SmsRouterDeps {
  /** Who may post texts; `undefined`: nobody. */
  sms: ResolvedSms | undefined;
  receiveText: (text: ReceivedText) => Promise<TextOutcome>;
  clock: Clock;
  timer: Timer;
  logger: Logger;
}

/** Who says that they sent a request. */
type Sender = 'relay' | 'twilio' | 'vonage';

const unsigned = {
  relay: 'The bearer is not sms.secret (SIGNUP_SMS_SECRET).',
  twilio:
    'X-Twilio-Signature is not of this request. Check that sms.twilio.authToken is the primary auth token of the account, and ' +
    'that sms.twilio.url is the address exactly as it stands in Twilio’s console.',
  vonage:
    'The signature is missing, too old, or not of this request. Check that Vonage signs webhooks for your account, that ' +
    'sms.vonage has its signature secret and method, and this machine’s clock.',
  nobody: 'Send the bearer of sms.secret, or have Twilio or Vonage sign it. docs/sms.md says how.',
} as const;

/** Texts for the pool's numbers, from telephony providers and relays. Its own authentication. */
export function smsRouter(deps: SmsRouterDeps): Router {
  const { sms, receiveText, logger, timer } = deps;
  const router = Router();
  if (sms === undefined) {
    router.all('/sms', closed(logger));
    return router;
  }
  const bodyOf = textBodies({ timer });
  const textOf = signedTexts({ ...deps, sms });

  const take = async (req: Request, res: Response, readBody: typeof bodyOf | undefined): Promise<void> => {
    const head = headOf(req);
    const sender = senderOf(head, sms, readBody === undefined);
    const body = await readBody?.(req);
    if (body?.isLost === true && maySign(sender, head, body)) throw bytesAreGone();
    const text = await textOf(sender, { ...head, body });
    if (text === undefined) throw new HttpProblem('sms_not_signed', unsigned[sender]);
    // Receipts and pictures are signed as well.
    const isText = text.to !== undefined && text.body !== undefined;
    const outcome = isText ? await receiveText({ to: text.to ?? '', body: text.body ?? '' }) : 'no_text';
    // Who looks for a text that did nothing looks into the log.
    logger[outcome === 'taken' ? 'debug' : 'info']('a text came', { sender, outcome });
    // Providers send an error again for hours, so what changes nothing is no error. Twilio would pass an answer on as a text.
    if (sender === 'twilio') res.status(200).type('text/xml').send('<Response/>');
    else res.status(200).end();
  };

  router.get('/sms', (req, res) => take(req, res, undefined));
  router.post('/sms', async (req, res) => {
    try {
      await take(req, res, bodyOf);
    } catch (error) {
      // What was not read to its end must not be taken for the next request.
      if (!req.readableEnded) res.set('Connection', 'close');
      throw error;
    }
  });
  return router;
}

function headOf(req: Request): Omit<TextRequest, 'body'> {
  return {
    header: (name) => {
      const value = req.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    address: addressOf(req),
    query: queryIn(req.originalUrl),
  };
}

/**
 * Who says that they sent it, before anything of the body is read.
 *
 * @throws HttpProblem when it is nobody who may
 */
function senderOf(head: Omit<TextRequest, 'body'>, sms: ResolvedSms, isGet: boolean): Sender {
  const { header } = head;
  const refuse = (who: keyof typeof unsigned): never => {
    throw new HttpProblem('sms_not_signed', unsigned[who]);
  };
  if (saysTwilio(head)) {
    return sms.twilio !== undefined && looksLikeTwilios(header('x-twilio-signature'))
      ? 'twilio'
      : refuse('twilio');
  }
  const bearer = bearerIn(header('authorization'));
  if (!isGet && isOneOf(sms.secrets, bearer)) return 'relay';
  const mayBeToken = bearer === undefined || /^[\w-]+\.[\w-]+\.[\w-]+$/.test(bearer);
  if (sms.vonage !== undefined && mayBeToken) return 'vonage';
  return refuse(bearer === undefined ? 'nobody' : 'relay');
}

/** Whether a body that a parser had could be signed, as far as the rest tells. What a token signs is looked at with the token. */
function maySign(
  sender: Sender,
  { header }: Omit<TextRequest, 'body'>,
  { fields, isFlat }: TextBody,
): boolean {
  if (sender !== 'vonage') return true;
  const isNothingLeft = fields === undefined || (fields.size === 0 && isFlat);
  return bearerIn(header('authorization')) === undefined && (isNothingLeft || fields.has('sig'));
}

function signedTexts({ sms, clock }: Pick<SmsRouterDeps, 'clock'> & { sms: ResolvedSms }) {
  return async (sender: Sender, request: TextRequest): Promise<SignedText | undefined> => {
    if (sender === 'relay') return relayedText(request);
    if (sender === 'twilio') return sms.twilio && twilioText(sms.twilio, request);
    const token = bearerIn(request.header('authorization'));
    if (sms.vonage === undefined) return undefined;
    return token === undefined
      ? vonageText(sms.vonage, request, clock.now())
      : vonageMessage(sms.vonage, token, request, clock.now());
  };
}

/** Says once in the log what is missing, however often somebody knocks. */
function closed(logger: Logger): () => never {
  let told = false;
  return () => {
    if (!told) {
      logger.warn(
        'a text was posted to /sms, and nobody may: set options.sms (SIGNUP_SMS_SECRET, _TWILIO_, _VONAGE_)',
      );
    }
    told = true;
    throw new HttpProblem(
      'not_found',
      'No texts are taken here: `sms` is missing in the options of the server.',
    );
  };
}
