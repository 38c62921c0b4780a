import { isJsonObject } from '../../json.ts';
import { invalidParameter } from '../errors/general-errors.ts';
import type { Parameters } from './parameters.ts';

/** One condition of `filtering`. */
export interface Filter {
  readonly field: string;
  readonly operator: string;
  /** One for most operators, written as text. */
  readonly values: readonly string[];
}

/**
 * Reads `filtering=[{"field":…,"operator":…,"value":…}]`; Meta's samples have it with single quotes too.
 * Throws GraphError 100 when it is something else.
 */
export function readFilters(parameters: Parameters): Filter[] {
  const given = parameters.values['filtering'];
  if (given === undefined || given === '') return [];
  const list = typeof given === 'string' ? parse(given) : given;
  if (!Array.isArray(list)) throw badFilter();
  return list.map((item: unknown) => {
    if (!isJsonObject(item)) throw badFilter();
    const { field, operator, value } = item;
    if (typeof field !== 'string' || typeof operator !== 'string') throw badFilter();
    return { field, operator, values: (Array.isArray(value) ? value : [value]).map(String) };
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll("'", '"'));
  } catch {
    return undefined;
  }
}

function badFilter() {
  return invalidParameter('filtering must be a list of objects with field, operator and value');
}
