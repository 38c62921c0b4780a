/**
 * The digits of a telephone number in any of Meta's forms: `+1 555-010-0001`, `15550100001`, `+15550100001`.
 */
export function digitsOf(phoneNumber: string): string {
  return phoneNumber.replace(/\D/g, '');
}

/**
 * The form under which a number is compared. Meta's display form drops a digit of the national number in two
 * countries (Meta, "Phone numbers"): the ninth digit of Brazilian mobiles (`+55 AA 9XXXX-XXXX`) and the `1`
 * that once marked Mexican mobiles (`+52 1 …`). Both are left out here, so both spellings meet.
 */
export function comparableDigits(phoneNumber: string): string {
  const digits = digitsOf(phoneNumber);
  if (/^55[1-9]\d9[6-9]\d{7}$/.test(digits)) return digits.slice(0, 4) + digits.slice(5);
  if (/^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`;
  return digits;
}
