import { day, hour, minute, second } from '../domain/durations.ts';
import type { Meaning } from './graph-request.ts';

const appLimit: Meaning = { kind: 'throttled', waitMs: hour, limitOf: 'app' };
const tokenLimit: Meaning = { kind: 'throttled', waitMs: hour, limitOf: 'token' };
const accountLimit: Meaning = { kind: 'throttled', waitMs: hour, limitOf: 'account' };
/**
 * "Service unavailable". It reads as if nothing was done, but Meta promises that nowhere, and a part of the work may have been
 * done before the service that failed: no proof for a call that costs.
 */
const serviceDown: Meaning = { kind: 'transient' };
const template: Meaning = { kind: 'invalid_input', advice: 'Look at the template in WhatsApp Manager.' };
const accountSync: Meaning = {
  kind: 'number_refused',
  advice: 'Meta could not bring the account into the portfolio: look at its code in Meta’s list of errors.',
};

/**
 * Meta's codes by meaning (Meta, "Error codes"; "Registration"; "Handle errors"), as `code` or `code/subcode`. Status and
 * title vary between versions and profiles; the code does not, and Meta asks to branch on it.
 */
export const errorTable: Readonly<Record<string, Meaning>> = {
  '0': { kind: 'auth' },
  '1': { kind: 'transient' },
  '2': serviceDown,
  '3': { kind: 'permission' },
  '4': appLimit,
  '10': { kind: 'permission' },
  '17': tokenLimit,
  '32': tokenLimit,
  '33': { kind: 'not_found' },
  '100': { kind: 'invalid_input' },
  '100/33': { kind: 'not_found' },
  '100/36007': { kind: 'code_expired' },
  '100/36008': { kind: 'code_refused' },
  '100/36009': { kind: 'code_used' },
  '100/2207051': { kind: 'not_registered' },
  '101': { kind: 'auth', advice: 'Check the app id.' },
  '102': { kind: 'auth' },
  '104': { kind: 'auth' },
  '190': { kind: 'auth' },
  '190/458': { kind: 'auth', advice: 'The customer removed the app: have them sign up again.' },
  '190/460': { kind: 'auth', advice: 'A password was changed: get a new token.' },
  '190/463': { kind: 'auth', advice: 'The token is too old: get a new one.' },
  '190/467': { kind: 'auth', advice: 'The token was taken back: get a new one.' },
  '300': { kind: 'number_refused' },
  '341': appLimit,
  '368': {
    kind: 'permission',
    advice: 'Meta restricts this account for its policy: look into WhatsApp Manager.',
  },
  '506': { kind: 'invalid_input', advice: 'The same thing was posted before.' },
  '613': { kind: 'throttled', waitMs: hour },
  '803': { kind: 'not_found' },
  '2500': { kind: 'invalid_input', advice: 'Meta does not know this path in this version.' },
  '80007': accountLimit,
  '80008': accountLimit,
  '130403': { kind: 'undeliverable' },
  '130429': { kind: 'throttled', waitMs: minute, limitOf: 'object' },
  '130472': { kind: 'undeliverable' },
  '130497': { kind: 'undeliverable' },
  '131000': { kind: 'transient' },
  '131005': { kind: 'permission' },
  '131008': { kind: 'invalid_input' },
  '131009': { kind: 'invalid_input' },
  '131016': serviceDown,
  '131021': { kind: 'invalid_input', advice: 'Send to another number than the sender’s.' },
  '131026': { kind: 'undeliverable' },
  '131031': { kind: 'pin_mismatch', advice: 'The account is locked, or the two-step PIN is wrong.' },
  '131037': { kind: 'permission', advice: 'The display name of this 555 number must be approved first.' },
  '131042': { kind: 'payment_needed' },
  '131045': { kind: 'not_registered' },
  '131047': { kind: 'undeliverable', advice: 'More than 24 hours passed: send a template.' },
  '131048': { kind: 'throttled', waitMs: hour },
  '131049': { kind: 'undeliverable' },
  '131050': { kind: 'undeliverable', advice: 'The recipient does not want these messages.' },
  '131051': { kind: 'invalid_input' },
  '131056': { kind: 'throttled', waitMs: 6 * second },
  '131057': serviceDown,
  '131059': { kind: 'transient', advice: 'Read the list again from its first page.' },
  '131064': { kind: 'throttled', waitMs: day },
  '133000': { kind: 'deregister_first' },
  '133004': serviceDown,
  '133005': { kind: 'pin_mismatch' },
  '133006': { kind: 'needs_verification' },
  '133008': { kind: 'pin_locked' },
  '133009': { kind: 'pin_locked' },
  '133010': { kind: 'not_registered' },
  '133015': { kind: 'recently_deleted', waitMs: 5 * minute },
  '133016': { kind: 'attempts_exhausted', waitMs: 72 * hour },
  '135000': { kind: 'invalid_input' },
  '136024': { kind: 'request_code_failed', waitMs: hour },
  '136024/2388367': {
    kind: 'request_code_failed',
    waitMs: day,
    advice: 'Too many codes were asked for: let a person look, a day from now at the earliest.',
  },
  '136025': { kind: 'verify_code_failed' },
  '137000': { kind: 'undeliverable', advice: 'Make sure who the customer is before anything is sent again.' },
  '200000': { kind: 'number_refused' },
  '200000/3095008': {
    kind: 'number_refused',
    advice: 'The business of the app must be a Solution Partner or a Tech Provider.',
  },
  '2388001': {
    kind: 'number_refused',
    advice: 'Confirm the ownership of the number, and have two-step verification switched off.',
  },
  '2388012': { kind: 'number_refused', advice: 'The account has this number already.' },
  '2388019': template,
  '2388039': template,
  '2388040': template,
  '2388047': template,
  '2388072': template,
  '2388073': template,
  '2388091': { kind: 'request_code_failed', waitMs: hour },
  '2388103': { kind: 'number_refused' },
  '2388293': template,
  '2388299': template,
  '2494100': serviceDown,
  '2593079': accountSync,
  '2593085': accountSync,
  '2593107': accountSync,
  '2593108': accountSync,
};

/** 200 to 299 are permissions, whatever the number. */
export const isPermissionCode = (code: number): boolean => code >= 200 && code < 300;
