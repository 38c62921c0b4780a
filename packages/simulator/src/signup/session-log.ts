import type { SessionLogForm } from '../settings/settings.ts';
import type { FinishKind } from '../world/world-event.ts';

/** Where in the flow a customer gave up: the documented values of `current_step` (Embedded Signup errors page). */
export type CurrentStep =
  | 'BUSINESS_ACCOUNT_SELECTION'
  | 'WABA_PHONE_PROFILE_PICKER'
  | 'WHATSAPP_BUSINESS_PROFILE_SETUP'
  | 'PHONE_NUMBER_SETUP'
  | 'PHONE_NUMBER_VERIFICATION'
  | 'PERMISSIONS';

/** What else a customer may share; reported only when they did. */
export interface Assets {
  readonly adAccountIds?: readonly string[] | undefined;
  readonly pageIds?: readonly string[] | undefined;
  readonly datasetIds?: readonly string[] | undefined;
  readonly catalogIds?: readonly string[] | undefined;
  readonly instagramAccountIds?: readonly string[] | undefined;
  /** Several accounts at once. */
  readonly wabaIds?: readonly string[] | undefined;
}

/** The ids of a finished sign-up. */
export interface FinishedIds {
  readonly phoneNumberId: string | undefined;
  readonly wabaId: string;
  readonly businessId: string;
  readonly assets?: Assets | undefined;
}

/** A problem that the customer reports from the popup. */
export interface ReportedProblem {
  readonly event: 'CANCEL' | 'ERROR';
  /** One of the numbers of the errors page, as text. */
  readonly code: string;
  readonly message: string;
  /** To be quoted to Meta's support. */
  readonly sessionId: string;
  /** ms, UTC. */
  readonly at: number;
  /** The newer pages say `error_code`, the older ones `error_id`. */
  readonly codeMember: 'error_code' | 'error_id';
  /** Beside `data` instead of in it, as one public client expects. */
  readonly topLevel: boolean;
}

// Their documented samples name the account and nothing else; two other pages add the number.
const PARTIAL = new Set<FinishKind>(['FINISH_ONLY_WABA', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING']);

/** The message of a finished sign-up: the JSON text that is posted to the page. */
export function finishMessage(
  finish: FinishKind,
  { phoneNumberId, wabaId, businessId, assets = {} }: FinishedIds,
  form: SessionLogForm,
  { namesNumber = false }: { readonly namesNumber?: boolean } = {},
): string {
  const isPartial = PARTIAL.has(finish);
  return sessionLogMessage(finish, form, {
    phone_number_id: isPartial && !namesNumber ? undefined : phoneNumberId,
    waba_id: wabaId,
    business_id: isPartial ? undefined : businessId,
    ad_account_ids: assets.adAccountIds,
    page_ids: assets.pageIds,
    dataset_ids: assets.datasetIds,
    catalog_ids: assets.catalogIds,
    instagram_account_ids: assets.instagramAccountIds,
    waba_ids: assets.wabaIds,
  });
}

/** The message of an abandoned sign-up. */
export function cancelMessage(currentStep: CurrentStep, form: SessionLogForm): string {
  return sessionLogMessage('CANCEL', form, { current_step: currentStep });
}

/** The message of a reported problem; the customer may go on and finish all the same. */
export function problemMessage(problem: ReportedProblem, form: SessionLogForm): string {
  const data = {
    error_message: problem.message,
    [problem.codeMember]: problem.code,
    session_id: problem.sessionId,
    timestamp: String(Math.floor(problem.at / 1000)),
  };
  return problem.topLevel
    ? sessionLogMessage(problem.event, form, {}, data)
    : sessionLogMessage(problem.event, form, data);
}

type Data = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Samples of v2 and v3 have `version: 3`, those of v4 none (Embedded Signup implementation page). */
function sessionLogMessage(event: string, form: SessionLogForm, data: Data, beside: Data = {}): string {
  const version = form === 'v4' ? {} : { version: 3 };
  return JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event, ...version, ...beside, data });
}
