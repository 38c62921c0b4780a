/**
 * Parses JSON without losing digits: a whole number beyond 2^53 becomes the text of its digits. One sample of Meta's
 * prints an account's id as a number, and `JSON.parse` would silently turn 17 or more digits into another id.
 *
 * @throws SyntaxError whose message can quote the answer: do not pass it on
 */
export function parseJson(text: string): unknown {
  return JSON.parse(longNumber.test(text) ? quoteLongNumbers(text) : text);
}

/** Where a value can begin; a cheap look, since nearly no answer has such a number. */
const longNumber = /[:[,\s]-?\d{16}/;

const quote = 0x22;
const backslash = 0x5c;

function quoteLongNumbers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    if (text.charCodeAt(at) === quote) {
      at = endOfText(text, at);
      continue;
    }
    if (!startsNumber(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    at += 1;
    while (at < text.length && continuesNumber(text.charCodeAt(at))) at += 1;
    const word = text.slice(start, at);
    // Fractions and exponents are no ids: they keep their JSON meaning.
    if (/^-?[1-9]\d{15,}$/.test(word) && !Number.isSafeInteger(Number(word))) {
      parts.push(text.slice(copied, start), `"${word}"`);
      copied = at;
    }
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

/** Behind the closing quote; at the end when there is none, which `JSON.parse` then refuses. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === backslash) at += 1;
    else if (char === quote) return at + 1;
  }
  return text.length;
}

const isDigit = (char: number): boolean => char >= 0x30 && char <= 0x39;
const startsNumber = (char: number): boolean => isDigit(char) || char === 0x2d;
/** Digits, and `.`, `e`, `E`, `+`, `-`. */
const continuesNumber = (char: number): boolean =>
  isDigit(char) || char === 0x2e || char === 0x65 || char === 0x45 || char === 0x2b || char === 0x2d;
