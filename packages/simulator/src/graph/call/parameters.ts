import { invalidParameter, missingParameter } from '../errors/general-errors.ts';

/** The parameters of one Graph call, wherever they were sent. */
export class Parameters {
  readonly values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values;
  }

  /** A parameter as text; numbers and booleans of JSON bodies are written out. Empty counts as absent. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** Like `text`. Throws GraphError 100 when absent. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missingParameter(name);
    return value;
  }

  /** One of `allowed`, or undefined when absent. Throws GraphError 100 for anything else. */
  oneOf<const Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = allowed.find((candidate) => candidate === text);
    if (value === undefined) throw invalidParameter(`${name} must be ${allowed.join(' or ')}`);
    return value;
  }
}
