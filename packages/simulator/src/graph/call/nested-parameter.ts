import { isJsonObject } from '../../json.ts';
import { invalidParameter } from '../errors/general-errors.ts';
import { Parameters } from './parameters.ts';

/**
 * The members of a parameter that is an object: one of a JSON body, or JSON text in a query or form. Undefined when
 * it is absent. Throws GraphError 100 when it is something else.
 */
export function nestedParameter(parameters: Parameters, name: string): Parameters | undefined {
  const value = parameters.values[name];
  if (value === undefined || value === '') return undefined;
  const parsed = typeof value === 'string' ? parse(value) : value;
  if (!isJsonObject(parsed)) throw invalidParameter(`${name} must be an object`);
  return new Parameters(parsed);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
