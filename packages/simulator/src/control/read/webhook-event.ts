import { isJsonObject, type Json } from '../../json.ts';
import { ACCOUNT_UPDATES, isAccountUpdateName } from '../../webhooks/events/account-update-events.ts';
import {
  DECISIONS,
  DISCONNECTION_REASONS,
  NAME_REJECTIONS,
  QUALITY_EVENTS,
  SECURITY_EVENTS,
  TIERS,
  type SimulatorEvent,
} from '../../webhooks/events/simulator-event.ts';
import { bodyOf, oneOf, optional, text, texts, wholeNumber } from './json-readers.ts';

type Read = (name: string, value: unknown) => unknown;

/** How one kind of event is read: members that must be there, and members that may. */
interface Form {
  readonly required?: Readonly<Record<string, Read>>;
  readonly optional?: Readonly<Record<string, Read>>;
}

const ofAccount = { wabaId: text };
const ofNumber = { phoneNumberId: text };

const FORMS: { readonly [Kind in SimulatorEvent['kind']]: Form } = {
  'partner-added': {
    required: ofAccount,
    optional: { solutionId: text, solutionPartnerBusinessIds: texts },
  },
  'partner-removed': {
    required: ofAccount,
    optional: {
      phoneNumberId: text,
      reason: oneOf(DISCONNECTION_REASONS),
      initiatedBy: oneOf(['SYSTEM', 'USER']),
    },
  },
  'partner-app-installed': { required: ofAccount, optional: { shape: oneOf(['example', 'regular']) } },
  'partner-app-uninstalled': {
    required: ofAccount,
    optional: { shape: oneOf(['example', 'regular', 'without-waba-info']) },
  },
  'account-update': {
    required: { ...ofAccount, event: accountUpdateName },
    optional: { details: jsonObject },
  },
  'account-review-update': { required: { ...ofAccount, decision: oneOf(DECISIONS) } },
  'business-capability-update': {
    required: ofAccount,
    optional: { tier: oneOf(TIERS), maxPhoneNumbers: wholeNumber },
  },
  'phone-number-quality-update': {
    required: { ...ofNumber, event: oneOf(QUALITY_EVENTS) },
    optional: { tier: oneOf(TIERS) },
  },
  'phone-number-name-update': {
    required: { ...ofNumber, decision: oneOf(DECISIONS) },
    optional: { requestedName: text, rejectionReason: oneOf(NAME_REJECTIONS) },
  },
  security: { required: { ...ofNumber, event: oneOf(SECURITY_EVENTS) }, optional: { requester: text } },
  'partner-solution': { required: { event: text, solutionId: text, status: text } },
  message: { required: { ...ofNumber, from: text, text }, optional: { name: text } },
  'message-status': {
    required: { messageId: text, status: oneOf(['sent', 'delivered', 'read', 'failed']) },
    optional: { error: readError },
  },
  'identity-changed': { required: { waId: text } },
  raw: { required: { field: text, entryId: text, value: present } },
};

const KINDS = Object.keys(FORMS).filter((kind): kind is SimulatorEvent['kind'] => Object.hasOwn(FORMS, kind));

/** Reads the body of `POST /events`: `kind` and what belongs to it. Throws TypeError. */
export function readEvent(value: unknown): SimulatorEvent {
  if (!isJsonObject(value)) throw new TypeError('an object with kind is expected, as JSON');
  const kind = oneOf(KINDS)('kind', value['kind']);
  const { required = {}, optional: permitted = {} } = FORMS[kind];
  const body = bodyOf(value, ['kind', ...Object.keys(required), ...Object.keys(permitted)]);
  const read = [
    ...Object.entries(required).map(([name, reader]) => [name, reader(name, body[name])]),
    ...Object.entries(permitted).map(([name, reader]) => [name, optional(name, body, reader)]),
  ];
  // FORMS has read every member that this kind has.
  return { kind, ...Object.fromEntries(read) } as SimulatorEvent;
}

function accountUpdateName(name: string, value: unknown): string {
  const event = text(name, value);
  if (isAccountUpdateName(event)) return event;
  throw new TypeError(`${name} must be one of ${Object.keys(ACCOUNT_UPDATES).join(', ')}`);
}

function readError(_name: string, value: unknown) {
  const body = bodyOf(value, ['code', 'title', 'details']);
  return {
    code: wholeNumber('code', body['code']),
    title: text('title', body['title']),
    details: optional('details', body, text),
  };
}

function jsonObject(name: string, value: unknown): unknown {
  if (!isJsonObject(value)) throw new TypeError(`${name} must be an object`);
  return value;
}

/** Anything of JSON. */
function present(name: string, value: unknown): Json {
  if (value === undefined) throw new TypeError(`${name} is missing`);
  // It came out of a JSON body.
  return value as Json;
}
