/** Where in the flow a customer gave up: the documented values of `current_step` (Embedded Signup errors page). */
export type CurrentStep =
  | 'BUSINESS_ACCOUNT_SELECTION'
  | 'WABA_PHONE_PROFILE_PICKER'
  | 'WHATSAPP_BUSINESS_PROFILE_SETUP'
  | 'PHONE_NUMBER_SETUP'
  | 'PHONE_NUMBER_VERIFICATION'
  | 'PERMISSIONS';

/** The ids a finished sign-up reports. */
export interface FinishedIds {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly businessId: string;
}

/** The session-logging message of a finished sign-up: the JSON text that is posted to the page. */
export function finishMessage({ phoneNumberId, wabaId, businessId }: FinishedIds): string {
  return sessionLogMessage('FINISH', {
    phone_number_id: phoneNumberId,
    waba_id: wabaId,
    business_id: businessId,
  });
}

/** The session-logging message of an abandoned sign-up. */
export function cancelMessage(currentStep: CurrentStep): string {
  return sessionLogMessage('CANCEL', { current_step: currentStep });
}

/** v4 samples have no `version` member (Embedded Signup implementation page). */
function sessionLogMessage(event: string, data: Readonly<Record<string, string>>): string {
  return JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event, data });
}
