import type { Json } from '../../json.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { GraphCall } from '../call/graph-call.ts';
import { unknownField } from '../errors/general-errors.ts';
import { pageOf } from './page-of.ts';
import { selectFields, type NodeForm } from './select-fields.ts';

/**
 * Writes one page of a list of nodes with the `fields` asked for. Fields are checked even when the list is empty.
 * Throws GraphError 100 for an unknown field, a limit or cursor that cannot be one.
 */
export function listOf<Node extends { readonly sequence: number }>(
  deps: Simulation,
  call: GraphCall,
  form: NodeForm<Node>,
  nodes: readonly Node[],
  order: { readonly newestFirst?: boolean } = {},
): Json {
  const fields = call.parameters.text('fields');
  const named = fields?.replaceAll(/\{[^{}]*\}/g, '').match(/[^,\s]+/g) ?? [];
  const stranger = named.find((name) => !Object.hasOwn(form.fields, name));
  if (stranger !== undefined) throw unknownField(stranger, form.type);
  return pageOf(deps, call, nodes, (node) => selectFields(deps, form, node, fields), order);
}

/** Numbers things that have no place in the order of creation by their place in the list. */
export function inOrder<Item extends object>(
  items: readonly Item[],
): (Item & { readonly sequence: number })[] {
  return items.map((item, index) => ({ ...item, sequence: index + 1 }));
}
