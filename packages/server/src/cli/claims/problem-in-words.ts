/** What is wrong with a field of a row that somebody has written. */
export interface FieldProblem {
  /** As the kit calls it; `undefined`: the row itself. */
  field: string | undefined;
  /** As the verb says it. It repeats no value. */
  message: string;
  /** What was read out of the file. */
  row: unknown;
}

/**
 * What is wrong with a row, in the words of whoever has written the file.
 *
 * @param named how the file calls a field
 */
export function problemInWords(
  { field, message, row }: FieldProblem,
  named: (field: string) => string,
): string {
  if (field === undefined) return `the row ${message}`;
  const name = named(field);
  const value = typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[field] : undefined; // unchecked
  if (value === undefined || value === null || value === '') return `${name} is missing`;
  if (typeof value === 'number') return `${name} must be a text: write it in quotes`;
  if (typeof value !== 'string') return `${name} must be a text`;
  // A sentence may name another field.
  return `${name} ${message.replace(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, named)}`;
}
