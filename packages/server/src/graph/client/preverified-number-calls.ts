import type { GraphList } from '../all-pages.ts';
import { listPartners, type Business } from '../endpoints/business.ts';
import {
  deletePreverifiedNumber,
  getPreverifiedNumber,
  type PreverifiedNumber,
} from '../endpoints/preverified-number.ts';
import { requestCode, type RequestCodeInput } from '../endpoints/request-code.ts';
import { verifyCode, type VerifyCodeInput } from '../endpoints/verify-code.ts';
import type { PageInput } from '../page.ts';
import type { CallOptions, TokenCaller } from './call-options.ts';

/** Verifying a number by a one-time code: the same for numbers of the pool and of accounts. */
export interface VerificationCalls {
  /**
   * `POST /<ID>/request_code`: has a one-time code sent. Never made twice by the client: Meta counts the requests of a number.
   *
   * @throws GraphError, among others `request_code_failed`, `already_verified`
   */
  requestCode(input: RequestCodeInput, options?: CallOptions): Promise<void>;
  /**
   * `POST /<ID>/verify_code`: hands the one-time code in. Never made twice by the client.
   *
   * @throws GraphError, among others `verify_code_failed`, `already_verified`
   */
  verifyCode(input: VerifyCodeInput, options?: CallOptions): Promise<void>;
}

/** Calls on a number of the pool. Every one may throw a `GraphError`. */
export interface PreverifiedNumberCalls extends VerificationCalls {
  /** `GET /<PREVERIFIED_ID>`. */
  get(input: { id: string }, options?: CallOptions): Promise<PreverifiedNumber>;
  /** `DELETE /<PREVERIFIED_ID>`. Cannot be undone. */
  delete(input: { id: string }, options?: CallOptions): Promise<void>;
  /** `GET /<PREVERIFIED_ID>/partners`: the businesses it is shared with, all pages. */
  partners(input: { id: string } & PageInput, options?: CallOptions): GraphList<Business>;
}

/** Verifying a number. */
export function verificationCalls({ call }: TokenCaller): VerificationCalls {
  return {
    requestCode: (input, options) => call(requestCode, input, options),
    verifyCode: (input, options) => call(verifyCode, input, options),
  };
}

/** Calls on a number of the pool. */
export function preverifiedNumberCalls(tokens: TokenCaller): PreverifiedNumberCalls {
  return {
    ...verificationCalls(tokens),
    get: (input, options) => tokens.call(getPreverifiedNumber, input, options),
    delete: (input, options) => tokens.call(deletePreverifiedNumber, input, options),
    partners: (input, options) =>
      tokens.list('list the partners of the number', listPartners, input, options),
  };
}
