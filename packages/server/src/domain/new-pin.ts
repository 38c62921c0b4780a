/**
 * A six-digit PIN from chance. The few that anybody would guess first (six alike, or a run up or down) are drawn again.
 *
 * @param below gives a whole number from 0 to below its argument, each equally likely
 */
export function newPin(below: (limit: number) => number): string {
  for (;;) {
    const pin = String(below(1_000_000)).padStart(6, '0');
    if (!isTrivial(pin)) return pin;
  }
}

/** `000000`, `123456`, `987654` and their like. */
export function isTrivial(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])));
  return steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1);
}
