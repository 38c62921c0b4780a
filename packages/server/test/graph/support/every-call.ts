import type { GraphClient } from '../../../src/graph/index.ts';

/** Every call of the client, with one id for all ids and one text for everything that is no id. */
export function everyCall(
  graph: GraphClient,
): Record<string, (id: string, text?: string) => Promise<unknown>> {
  const {
    oauth,
    business,
    preverifiedNumber,
    whatsAppBusinessAccount: account,
    phoneNumber,
    creditLine,
  } = graph;
  return {
    'oauth.accessToken': (_id, text = 'code') => oauth.accessToken({ code: text, redirectUri: text }),
    'oauth.debugToken': (_id, text = 'token') => oauth.debugToken(text),
    'oauth.subscriptions': () => oauth.subscriptions(),
    'business.get': (id) => business.get({ businessId: id }),
    'business.addPhoneNumbers': (id, text = '+1 555') =>
      business.addPhoneNumbers({ businessId: id, phoneNumber: text }),
    'business.preverifiedNumbers': (id, text = 'VERIFIED') =>
      business
        .preverifiedNumbers({ businessId: id, verificationStatus: text, phoneNumber: text, after: text })
        .all(),
    'business.sharePreverifiedNumber': (id) =>
      business.sharePreverifiedNumber({ businessId: id, partnerBusinessId: id, preverifiedId: id }),
    'business.unsharePreverifiedNumber': (id) =>
      business.unsharePreverifiedNumber({ businessId: id, partnerBusinessId: id, preverifiedId: id }),
    'business.clientWhatsAppBusinessAccounts': (id, text) =>
      business.clientWhatsAppBusinessAccounts({ businessId: id, after: text }).all(),
    'business.systemUserAccessToken': (id) =>
      business.systemUserAccessToken({ customerBusinessId: id, systemUserId: id }),
    'business.extendedCredits': (id, text) => business.extendedCredits({ businessId: id, after: text }).all(),
    'preverifiedNumber.get': (id) => preverifiedNumber.get({ id }),
    'preverifiedNumber.delete': (id) => preverifiedNumber.delete({ id }),
    'preverifiedNumber.requestCode': (id, text = 'en_US') =>
      preverifiedNumber.requestCode({ id, method: 'SMS', language: text }),
    'preverifiedNumber.verifyCode': (id) => preverifiedNumber.verifyCode({ id, code: '123-456' }),
    'preverifiedNumber.partners': (id, text) => preverifiedNumber.partners({ id, after: text }).all(),
    'account.get': (id) => account.get({ wabaId: id }),
    'account.phoneNumbers': (id, text) => account.phoneNumbers({ wabaId: id, after: text }).all(),
    'account.findPhoneNumber': (id, text = '1') => account.findPhoneNumber({ wabaId: id, phoneNumber: text }),
    'account.createPhoneNumber': (id, text = '1') =>
      account.createPhoneNumber({
        wabaId: id,
        countryCode: text,
        phoneNumber: text,
        verifiedName: text,
        preverifiedId: id,
      }),
    'account.subscribedApps': (id, text) => account.subscribedApps({ wabaId: id, after: text }).all(),
    'account.subscribeApp': (id, text = 'x') =>
      account.subscribeApp({ wabaId: id, override: { callbackUri: text, verifyToken: text } }),
    'account.unsubscribeApp': (id) => account.unsubscribeApp({ wabaId: id }),
    'account.assignedUsers': (id, text) =>
      account.assignedUsers({ wabaId: id, businessId: id, after: text }).all(),
    'account.assignUser': (id) => account.assignUser({ wabaId: id, userId: id }),
    'account.removeUser': (id) => account.removeUser({ wabaId: id, userId: id }),
    'phoneNumber.get': (id) => phoneNumber.get({ phoneNumberId: id }),
    'phoneNumber.requestCode': (id, text = 'en') =>
      phoneNumber.requestCode({ id, method: 'VOICE', language: text }),
    'phoneNumber.verifyCode': (id) => phoneNumber.verifyCode({ id, code: '123456' }),
    'phoneNumber.register': (id, text = 'DE') =>
      phoneNumber.register({ phoneNumberId: id, pin: '123456', dataLocalizationRegion: text }),
    'phoneNumber.deregister': (id) => phoneNumber.deregister({ phoneNumberId: id }),
    'phoneNumber.setPin': (id) => phoneNumber.setPin({ phoneNumberId: id, pin: '123456' }),
    'phoneNumber.settings': (id) => phoneNumber.settings({ phoneNumberId: id }),
    'phoneNumber.setIdentityCheck': (id) =>
      phoneNumber.setIdentityCheck({ phoneNumberId: id, enabled: true }),
    'phoneNumber.sendText': (id, text = 'hello') =>
      phoneNumber.sendText({ phoneNumberId: id, to: '+1 555 0100', text, recipientIdentityKeyHash: text }),
    'creditLine.shareAndAttach': (id, text = 'USD') =>
      creditLine.shareAndAttach({ creditLineId: id, wabaId: id, wabaCurrency: text }),
    'creditLine.share': (id) => creditLine.share({ creditLineId: id, receivingBusinessId: id }),
    'creditLine.attach': (id, text = 'USD') =>
      creditLine.attach({ creditLineId: id, wabaId: id, wabaCurrency: text }),
    'creditLine.allocation': (id) => creditLine.allocation({ allocationConfigId: id }),
  };
}
