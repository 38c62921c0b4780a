import { member, text, textOrTexts, texts } from './read-extras.ts';

/** A pre-filled line about the business, which the customer may change. */
export interface BusinessDetail {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** `extras.setup`, as far as the popup shows it (pre-filled data page). */
export interface Prefill {
  /** `preVerifiedPhone.ids` */
  readonly preverifiedIds: readonly string[];
  /** `whatsAppBusinessAccount.ids` or `.id` */
  readonly accountIds: readonly string[];
  /** `business.id` */
  readonly businessId: string | undefined;
  /** `business.name` */
  readonly businessName: string | undefined;
  /** The other members of `business` that were given. */
  readonly businessDetails: readonly BusinessDetail[];
  /** Whether name, email, website and country are all there: only then they stand in for a `business.id` of somebody else. */
  readonly describesBusiness: boolean;
  /** `phone.displayName`; category and description go to the profile and are shown nowhere. */
  readonly displayName: string | undefined;
  /** `solutionID`: an unquoted number is ignored, since it may have lost its last digits. */
  readonly solutionId: string | undefined;
}

const NAME_LIMIT = 100;
const ADDRESS = ['streetAddress1', 'streetAddress2', 'city', 'state', 'zipPostal', 'country'];

/** Reads `extras.setup`. Everything may be missing or null: the Embedded Signup Builder writes nulls. */
export function readPrefill(setup: unknown): Prefill {
  const business = member(setup, 'business');
  const account = member(setup, 'whatsAppBusinessAccount');
  const solution = member(setup, 'solutionID');
  const required = [['name'], ['email'], ['website'], ['address', 'country']];
  return {
    preverifiedIds: texts(member(setup, 'preVerifiedPhone', 'ids')),
    accountIds: [...textOrTexts(member(account, 'ids')), ...textOrTexts(member(account, 'id'))],
    businessId: text(member(business, 'id')),
    businessName: text(member(business, 'name'))?.slice(0, NAME_LIMIT),
    businessDetails: detailsOf(business),
    describesBusiness: required.every((path) => text(member(business, ...path)) !== undefined),
    displayName: text(member(setup, 'phone', 'displayName')),
    solutionId: typeof solution === 'string' ? text(solution) : undefined,
  };
}

function detailsOf(business: unknown): BusinessDetail[] {
  const code = text(member(business, 'phone', 'code'));
  const national = text(member(business, 'phone', 'number'));
  const phone = national === undefined ? undefined : [code && `+${code}`, national].filter(Boolean).join(' ');
  const lines = ADDRESS.flatMap((name) => text(member(business, 'address', name)) ?? []);
  const found = [
    ['email', 'E-mail of the business', text(member(business, 'email'))],
    ['website', 'Website', text(member(business, 'website'))],
    ['phone', 'Telephone of the business', phone],
    ['address', 'Address', lines.length === 0 ? undefined : lines.join(', ')],
    ['timezone', 'Time zone', text(member(business, 'timezone'))],
  ] as const;
  return found.flatMap(([name, label, value]) => (value === undefined ? [] : [{ name, label, value }]));
}
