/**
 * What a finish event of the session log claims. Unknown `FINISH_*` words are treated by what proof says.
 *
 * - `number` — a number should be on the account
 * - `without_number` — the customer finished without one (`FINISH_ONLY_WABA`)
 * - `coexistence` — the number stays on the WhatsApp Business app and must not be registered
 */
export type FinishKind = 'number' | 'without_number' | 'coexistence';

/** Reads the event word of the session log (Meta, "Implementation"). */
export function finishKind(event: string | undefined, phoneNumberId: string | undefined): FinishKind {
  if (event === 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING') return 'coexistence';
  // Meta's sample of FINISH_ONLY_WABA still carries a phone number id ("Bypass phone addition"): the id wins.
  if (event === 'FINISH_ONLY_WABA' && phoneNumberId === undefined) return 'without_number';
  return 'number';
}
