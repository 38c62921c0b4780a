/** How the popup hands the session-logging message and the code of a finished sign-up to the page. */
export interface HandOverSettings {
  /** Which of the two goes first; the documents promise no order. @default 'message' */
  readonly first: 'message' | 'code';
  /** Real time between the two, in ms. Without effect on a popup that is closed by its X: both then go at once. @default 0 */
  readonly delayMs: number;
  /** How often each of the two is posted. @default 1 */
  readonly repeat: number;
  /** Post messages as objects instead of JSON text; clients in the field accept both. @default false */
  readonly asObject: boolean;
  /** Never post a session-logging message. @default false */
  readonly withoutMessage: boolean;
  /** Never hand over the code; FB.login then calls back without `authResponse`, when the window has closed. @default false */
  readonly withoutCode: boolean;
}

/** As Meta's samples have it: the message as JSON text, then the code, each once. */
export const HAND_OVER: HandOverSettings = {
  first: 'message',
  delayMs: 0,
  repeat: 1,
  asObject: false,
  withoutMessage: false,
  withoutCode: false,
};

/** Fills in what is not given. Throws TypeError naming the member that cannot stand so. */
export function resolveHandOver(given: Readonly<Record<string, unknown>> = {}): HandOverSettings {
  const told = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of told) {
    if (!isMember(name)) {
      throw new TypeError(`handOver has no "${name}": ${Object.keys(HAND_OVER).join(', ')}`);
    }
    const problem = problemWith(name, value);
    if (problem !== undefined) throw new TypeError(`handOver.${name} must be ${problem}`);
  }
  return { ...HAND_OVER, ...Object.fromEntries(told) };
}

function isMember(name: string): name is keyof HandOverSettings {
  return Object.hasOwn(HAND_OVER, name);
}

function problemWith(name: keyof HandOverSettings, value: unknown): string | undefined {
  if (name === 'first') {
    return value === 'message' || value === 'code' ? undefined : "'message' or 'code'";
  }
  if (name === 'delayMs') return isWhole(value, 0) ? undefined : 'a whole number of ms from 0 on';
  if (name === 'repeat') return isWhole(value, 1) ? undefined : 'a whole number from 1 on';
  return typeof value === 'boolean' ? undefined : 'true or false';
}

function isWhole(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}
