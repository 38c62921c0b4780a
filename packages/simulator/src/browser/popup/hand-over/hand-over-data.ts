import type { Settings } from '../../../settings/settings.ts';
import type { Dialog } from '../dialog.ts';

/** What `/dialog/hand-over.js` reads. Members that are as usual are left out. */
export interface HandOverData {
  /** The only origin that anything is posted to. */
  readonly origin: string;
  /** Session-logging messages: JSON text, or what that text means. */
  readonly messages: readonly unknown[];
  /** The SDK's own message, which carries the code. */
  readonly login: string | null;
  readonly first?: 'code';
  /** Real ms between message and code. */
  readonly delayMs?: number;
  readonly repeat?: number;
  /** The screen waits to be closed. */
  readonly stays?: true;
  /** Where the window goes instead of posting anything. */
  readonly redirect?: string;
}

/** What the last screen hands over: after Finish everything, after Cancel the message. */
export function lastHandOver(settings: Settings, { launch, handOver, step }: Dialog): HandOverData {
  const { handOver: rules, lastScreen } = settings;
  const code = handOver?.code;
  const { origin, messages, repeat } = messageHandOver(
    settings,
    launch.openerOrigin,
    handOver?.messages ?? [],
  );
  return {
    origin,
    messages,
    login: code === undefined || rules.withoutCode ? null : loginMessage(launch, code),
    ...(rules.first === 'code' && { first: rules.first }),
    ...(rules.delayMs > 0 && { delayMs: rules.delayMs }),
    ...(repeat !== undefined && { repeat }),
    ...(step === 'finished' && lastScreen === 'stays' && { stays: true as const }),
    ...(launch.returnTo !== undefined && { redirect: returnAddress(launch.returnTo, launch.state, code) }),
  };
}

/** Messages that are posted from a screen in the middle, which stays. */
export function messageHandOver(
  { handOver: { withoutMessage, asObject, repeat } }: Pick<Settings, 'handOver'>,
  origin: string,
  messages: readonly string[],
): HandOverData {
  const posted = withoutMessage ? [] : messages;
  return {
    origin,
    messages: asObject ? posted.map((message): unknown => JSON.parse(message)) : posted,
    login: null,
    ...(repeat > 1 && { repeat }),
  };
}

/** A query string that starts with `cb=`; listeners of the page see it as noise. */
function loginMessage({ channel, openerOrigin }: Dialog['launch'], code: string): string {
  const origin = `${openerOrigin}/${channel}`;
  const domain = new URL(openerOrigin).hostname;
  return String(new URLSearchParams({ cb: channel, domain, origin, relation: 'opener', code }));
}

/** The page's address with the code, or with what OAuth says of someone who did not agree. */
function returnAddress(returnTo: string, state: string | undefined, code: string | undefined): string {
  const url = new URL(returnTo);
  const answer =
    code === undefined
      ? {
          error: 'access_denied',
          error_code: '200',
          error_description: 'Permissions error',
          error_reason: 'user_denied',
        }
      : { code };
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}
