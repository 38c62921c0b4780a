import type { NumberFacts } from '../domain/number-facts.ts';
import type { PoolNumber } from '../domain/pool-number.ts';

/** What `debug_token` says of a token. Times in milliseconds UTC. */
export interface TokenFacts {
  valid: boolean;
  appId: string | undefined;
  /** The WhatsApp Business Accounts it was granted, newest first; empty when Meta names none. Names that cannot be read are an error. */
  wabaIds: string[];
  /** `undefined`: never. */
  expiresAt: number | undefined;
}

/**
 * A WhatsApp phone number on an account. Words are Meta's own, and may be ones that nobody knew; a member is `undefined`
 * when it was not asked for or Meta does not say it.
 */
export interface AccountNumber {
  id: string;
  displayPhoneNumber: string;
  /** `VERIFIED`, or anything else. */
  verificationStatus: string | undefined;
  /** `CLOUD_API` once it is registered. */
  platformType: string | undefined;
  /** `CONNECTED` once it is registered. */
  status: string | undefined;
  onBusinessApp: boolean | undefined;
}

/** Meta, as the features see it. Every method may throw a `GraphError`. Without a token a call goes with the BSP's own one. */
export interface Graph {
  /** Spends the code. Never repeated by the client: the code works once. */
  exchangeCode(input: {
    code: string;
    redirectUri?: string | undefined;
  }): Promise<{ accessToken: string; expiresAt: number | undefined }>;
  inspectToken(token: string): Promise<TokenFacts>;
  listAccountNumbers(wabaId: string, token: string | undefined): AsyncIterable<AccountNumber>;
  readNumber(phoneNumberId: string, token: string | undefined): Promise<AccountNumber>;
  /**
   * Has the account's webhooks come to the app. With an override its message webhooks go to another address; Meta refuses
   * that while the app is not subscribed, and without one an earlier override ends.
   */
  subscribeApp(
    wabaId: string,
    token: string | undefined,
    override?: { callbackUri: string; verifyToken: string },
  ): Promise<void>;
  /** What a customer's account is called, and what pays for it; `fundingId` is `undefined` when nothing does. */
  readAccount(
    wabaId: string,
    token: string | undefined,
  ): Promise<{ name: string | undefined; fundingId: string | undefined }>;
  /** Adds one of the BSP's system users to a customer's account, with the BSP's token. Twice is once. */
  assignUser(input: { wabaId: string; userId: string }): Promise<void>;
  /** Shares the BSP's credit line with an account and attaches it, for good. Never repeated by the client. */
  shareCredit(input: {
    creditLineId: string;
    wabaId: string;
    currency: string;
  }): Promise<{ allocationId: string | undefined }>;
  /** Puts a number of the pool on a customer's account. Never repeated by the client. */
  addPoolNumber(input: {
    wabaId: string;
    poolNumberId: string;
    /** The calling code, without the plus. */
    callingCode: string;
    /** Without the calling code. */
    nationalNumber: string;
    verifiedName: string;
    token: string | undefined;
  }): Promise<{ phoneNumberId: string }>;
  /** Everything that Meta says about a number in service. */
  describeNumber(
    phoneNumberId: string,
    token: string | undefined,
  ): Promise<{ displayPhoneNumber: string; facts: NumberFacts }>;
  /** Switches Meta's identity change check of a number on or off. Twice is once. */
  setIdentityCheck(phoneNumberId: string, enabled: boolean, token: string | undefined): Promise<void>;
  /** Sends a text. Never repeated by the client. */
  sendText(input: {
    phoneNumberId: string;
    /** E.164, with the plus. */
    to: string;
    body: string;
    previewUrl?: boolean | undefined;
    /** Who the customer is known to be: Meta delivers to nobody else. */
    identityHash?: string | undefined;
    token: string | undefined;
  }): Promise<{ messageId: string; waId: string | undefined }>;
  /** Costs one of ten calls in 72 hours. Meta never sees more than one call of it. */
  registerNumber(input: { phoneNumberId: string; pin: string; token: string | undefined }): Promise<void>;
  /** The BSP's pool, all pages: its own numbers and those shared with it, and how many entries could not be read. */
  listPool(): Promise<{ numbers: Omit<PoolNumber, 'country'>[]; unreadable: number }>;
  /** One number of the pool, by its id. Meta says `not_found` of one that was claimed or deleted. */
  readPoolNumber(id: string): Promise<Omit<PoolNumber, 'country'>>;
  /** The number of the pool with these digits, if Meta lists one. */
  findPoolNumber(phoneNumber: string): Promise<Omit<PoolNumber, 'country'> | undefined>;
  /** Puts a number into the pool, not verified yet. E.164. Never repeated by the client. */
  createPoolNumber(phoneNumber: string): Promise<{ id: string }>;
  /** Takes a number out of the pool for good. Never repeated by the client. */
  deletePoolNumber(id: string): Promise<void>;
  /** Has a one-time code sent to a number, of the pool or on an account. Meta counts it. Never repeated by the client. */
  requestCode(input: {
    id: string;
    method: 'SMS' | 'VOICE';
    language: string;
    token?: string | undefined;
  }): Promise<void>;
  /** Hands the one-time code in; hyphens are left out. Never repeated by the client. */
  submitCode(input: { id: string; code: string; token?: string | undefined }): Promise<void>;
  /** Has another business of the same Multi-Partner Solution offer the number too. Meta does not tell it. */
  sharePoolNumber(input: { id: string; partnerBusinessId: string }): Promise<void>;
  unsharePoolNumber(input: { id: string; partnerBusinessId: string }): Promise<void>;
  /** The businesses a number of the pool is shared with, all pages. */
  listPoolPartners(id: string): AsyncIterable<{ businessId: string; name: string | undefined }>;
  /** The token that a customer's sign-up made, without its code; asking for it makes none. */
  recoverToken(customerBusinessId: string): Promise<string>;
  /** The accounts that customers shared with the BSP, all pages. */
  listClientAccounts(): AsyncIterable<{ wabaId: string; ownerBusinessId: string | undefined }>;
}
