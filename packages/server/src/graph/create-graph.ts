import type { Dispatcher } from 'undici';
import type { ResolvedOptions } from '../config/resolve-options.ts';
import { comparableDigits } from '../domain/number-match.ts';
import type { PoolNumber } from '../domain/pool-number.ts';
import type { Graph } from '../ports/graph.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { createGraphClient } from './create-graph-client.ts';
import { registrationFields } from './endpoints/phone-number.ts';
import { factsOf } from './facts-of-number.ts';

/** What the kit's view of Meta is made of. */
export interface GraphDeps {
  meta: ResolvedOptions['meta'];
  dispatcher: Dispatcher | undefined;
  now: () => number;
  /** Times waits and deadlines, in milliseconds. @default a watch that nobody can set */
  monotonic: (() => number) | undefined;
  random: Random;
  logger: Logger;
}

/** Enough for waits: they are counted in milliseconds. */
const fine = 1_000_000;

/** Meta's Graph API as the features need it, on the same client that is published. */
export function createGraph(deps: GraphDeps): Graph & { close(): Promise<void> } {
  const { meta, dispatcher, now, monotonic, random, logger } = deps;
  const client = createGraphClient({
    appId: meta.appId,
    appSecret: meta.appSecrets[0].reveal(),
    token: async () => (await meta.systemUserToken()).reveal(),
    graphUrl: meta.graphUrl,
    graphVersion: meta.graphVersion,
    dispatcher,
    now,
    monotonic,
    random: () => random.below(fine) / fine,
    logger,
  });
  return {
    exchangeCode: ({ code, redirectUri }) => client.oauth.accessToken({ code, redirectUri }),
    inspectToken: (token) => client.oauth.debugToken(token),
    listAccountNumbers: (wabaId, token) =>
      client.whatsAppBusinessAccount.phoneNumbers({ wabaId, fields: registrationFields }, { token }),
    readNumber: (phoneNumberId, token) =>
      client.phoneNumber.get({ phoneNumberId, fields: registrationFields }, { token }),
    subscribeApp: (wabaId, token, override) =>
      client.whatsAppBusinessAccount.subscribeApp({ wabaId, override }, { token }),
    async readAccount(wabaId, token) {
      const fields = ['id', 'name', 'primary_funding_id'] as const;
      const account = await client.whatsAppBusinessAccount.get({ wabaId, fields }, { token });
      return { name: account.name, fundingId: account.primaryFundingId };
    },
    assignUser: (input) => client.whatsAppBusinessAccount.assignUser(input),
    async shareCredit({ creditLineId, wabaId, currency }) {
      const shared = await client.creditLine.shareAndAttach({ creditLineId, wabaId, wabaCurrency: currency });
      return { allocationId: shared.allocationConfigId };
    },
    async addPoolNumber({ wabaId, poolNumberId, callingCode, nationalNumber, verifiedName, token }) {
      const { id } = await client.whatsAppBusinessAccount.createPhoneNumber(
        {
          wabaId,
          countryCode: callingCode,
          phoneNumber: nationalNumber,
          verifiedName,
          preverifiedId: poolNumberId,
        },
        { token },
      );
      return { phoneNumberId: id };
    },
    async describeNumber(phoneNumberId, token) {
      const number = await client.phoneNumber.get({ phoneNumberId }, { token });
      return { displayPhoneNumber: number.displayPhoneNumber, facts: factsOf(number) };
    },
    setIdentityCheck: (phoneNumberId, enabled, token) =>
      client.phoneNumber.setIdentityCheck({ phoneNumberId, enabled }, { token }),
    sendText: ({ body, identityHash, token, ...input }) =>
      client.phoneNumber.sendText(
        { ...input, text: body, recipientIdentityKeyHash: identityHash },
        { token },
      ),
    registerNumber: ({ phoneNumberId, pin, token }) =>
      client.phoneNumber.register({ phoneNumberId, pin }, { token }),
    async listPool() {
      const numbers: Omit<PoolNumber, 'country'>[] = [];
      let unreadable = 0;
      for await (const page of client.business.preverifiedNumbers({ businessId: meta.businessId }).pages()) {
        numbers.push(...page.items);
        unreadable += page.unreadable;
      }
      return { numbers, unreadable };
    },
    readPoolNumber: (id) => client.preverifiedNumber.get({ id }),
    async findPoolNumber(phoneNumber) {
      const { businessId } = meta;
      const wanted = comparableDigits(phoneNumber);
      for await (const number of client.business.preverifiedNumbers({ businessId, phoneNumber })) {
        // Meta's filter is not relied upon.
        if (comparableDigits(number.phoneNumber) === wanted) return number;
      }
      return undefined;
    },
    createPoolNumber: (phoneNumber) =>
      client.business.addPhoneNumbers({ businessId: meta.businessId, phoneNumber }),
    deletePoolNumber: (id) => client.preverifiedNumber.delete({ id }),
    requestCode: ({ token, ...input }) => client.phoneNumber.requestCode(input, { token }),
    submitCode: ({ token, ...input }) => client.phoneNumber.verifyCode(input, { token }),
    sharePoolNumber: ({ id, partnerBusinessId }) =>
      client.business.sharePreverifiedNumber({
        businessId: meta.businessId,
        preverifiedId: id,
        partnerBusinessId,
      }),
    unsharePoolNumber: ({ id, partnerBusinessId }) =>
      client.business.unsharePreverifiedNumber({
        businessId: meta.businessId,
        preverifiedId: id,
        partnerBusinessId,
      }),
    async *listPoolPartners(id) {
      for await (const { id: businessId, name } of client.preverifiedNumber.partners({ id })) {
        yield { businessId, name };
      }
    },
    async recoverToken(customerBusinessId) {
      return (await client.business.systemUserAccessToken({ customerBusinessId })).accessToken;
    },
    async *listClientAccounts() {
      const accounts = client.business.clientWhatsAppBusinessAccounts({ businessId: meta.businessId });
      for await (const { id, ownerBusiness } of accounts) {
        yield { wabaId: id, ownerBusinessId: ownerBusiness?.id };
      }
    },
    close: () => client.close(),
  };
}
