import type { ClaimStatus, ClaimView, HeldNumber, SessionAnswer } from '@embedded-signup-kit/protocol';
import { initialState } from '../../../src/launch/signup-state.ts';
import type { SignupState } from '../../../src/launch/signup-state.ts';
import { claimStatusTable } from '../../../src/status.ts';

const held = (id: string, phoneNumber: string, displayPhoneNumber: string): HeldNumber => ({
  id,
  phoneNumber,
  displayPhoneNumber,
});

export const first = held('1000001', '+14155550176', '+1 415-555-0176');
export const second = held('1000002', '+442079460958', '+44 20 7946 0958');
const third = held('1000003', '+493023125678', '+49 30 23125678');

const session = (...numbers: HeldNumber[]): SessionAnswer => ({
  version: 1,
  session: 'session-1',
  expiresAt: '2026-11-20T11:00:00.000Z',
  launch: {
    appId: '1',
    configId: '2',
    graphVersion: 'v26.0',
    sdkUrl: 'https://connect.facebook.net/en_US/sdk.js',
    dialogOrigins: ['https://www.facebook.com'],
    extras: {},
  },
  numbers,
  claims: [],
});

const one = session(first);
const several = session(first, second, third);
const state = (change: Partial<SignupState>): SignupState => ({ ...initialState, ...change });

const claimed = (stands: ClaimStatus, change: Partial<SignupState> = {}): SignupState => {
  const claim: ClaimView = {
    id: 'claim-7f3a',
    status: stands,
    numberSource: 'pool',
    displayPhoneNumber: first.displayPhoneNumber,
    phoneNumber: first.phoneNumber,
    createdAt: '2026-11-20T10:00:00.000Z',
  };
  const status = claimStatusTable[stands];
  const problem = status === 'failed' ? { code: stands, reference: claim.id } : undefined;
  const action = status === 'failed' && stands !== 'needs_operator' ? 'retry' : undefined;
  return state({ status, claim, problem, action, ...change });
};

const trouble = (code: string, reference?: string, change: Partial<SignupState> = {}) =>
  state({ status: 'failed', session: one, problem: { code, reference }, action: 'retry', ...change });

/** Everything that the element can look like, in the order in which a customer may come upon it. */
export const states = {
  loading: state({}),
  ready: state({ status: 'ready', session: one, action: 'launch' }),
  'ready, with several numbers': state({
    status: 'ready',
    session: several,
    action: 'launch',
    picked: second.id,
  }),
  'ready, without a number': state({ status: 'ready', session: session(), action: 'launch' }),
  launching: state({ status: 'launching', session: one }),
  'in the window': state({ status: 'in-popup', session: one }),
  'in the window, with a number picked': state({
    status: 'in-popup',
    session: several,
    picked: second.id,
  }),
  'in the window, with a number of their own': state({ status: 'in-popup', session: session() }),
  'in a window that looks closed': state({
    status: 'in-popup',
    session: one,
    looksClosed: true,
    action: 'reopen',
  }),
  cancelled: state({ status: 'cancelled', session: one, action: 'launch' }),
  'claiming, while it is handed in': state({ status: 'claiming', sending: 1 }),
  claiming: claimed('received'),
  registering: claimed('registering'),
  verifying: claimed('needs_verification'),
  'verifying, with a code sent': claimed('needs_verification', { verification: { sent: 'SMS' } }),
  'verifying, at work': claimed('needs_verification', { verification: { sent: 'VOICE', busy: true } }),
  'verifying, with a wrong code': claimed('needs_verification', {
    verification: { sent: 'SMS', problem: { code: 'code_refused', reference: 'req-5d20' } },
  }),
  registered: claimed('registered'),
  coexistence: claimed('coexistence'),
  'needs the operator': claimed('needs_operator'),
  'needs another signup': claimed('needs_signup'),
  rejected: claimed('rejected'),
  'popup blocked': trouble('popup_blocked'),
  'meta error': trouble('meta_error', '131000 · 8f5b2c'),
  'opener cut': trouble('opener_cut'),
  'sdk blocked': trouble('sdk_blocked', undefined, { status: 'unavailable', session: undefined }),
  'not signed in': trouble('unauthenticated', 'req-91c4', { status: 'unavailable', session: undefined }),
  'server unreachable': trouble('server_unreachable', undefined, { session: undefined }),
  'an unknown code': trouble('something_new', 'req-0b17'),
} satisfies Record<string, SignupState>;

/** The name of a state in the gallery. */
export type StateName = keyof typeof states;
