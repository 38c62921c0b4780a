/**
 * A number's digits as Meta displays them. Brazil's ninth digit of mobile numbers and the 1 after Mexico's calling
 * code may be left out (phone numbers page).
 */
export function displayedDigits(digits: string, prefix: 'dropped' | 'kept'): string {
  if (prefix === 'kept') return digits;
  return digits.replace(/^55(\d{2})9(\d{8})$/, '55$1$2').replace(/^521(\d{10})$/, '52$1');
}
