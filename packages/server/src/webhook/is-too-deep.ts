/** Far deeper than anything of Meta's, and far from where functions that call themselves run out of stack. */
const mostLevels = 64;

const quote = 0x22;
const backslash = 0x5c;
// Brackets and braces.
const opens = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const closes = (byte: number): boolean => byte === 0x5d || byte === 0x7d;

/**
 * Whether JSON is nested so deep that it is an attack: reading it is harmless, but whoever writes it again, or copies it,
 * runs out of stack. Looks at the bytes, without reading them as JSON.
 */
export function isTooDeep(json: Uint8Array): boolean {
  let levels = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (opens(byte)) {
      levels += 1;
      if (levels > mostLevels) return true;
    } else if (closes(byte)) levels -= 1;
  }
  return false;
}
