/** Marked, so that a search of everything that was written or sent finds them wherever they leak. */
export const canaries = {
  appSecret: 'CANARY-app-secret-0123456789',
  systemUserToken: 'EAASCANARYsystemusertoken',
  kitSecret: 'CANARY-kit-secret-0123456789-0123456789',
  smsSecret: 'CANARY-sms-secret-0123456789-0123456789',
};
