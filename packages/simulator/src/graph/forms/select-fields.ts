import type { Json } from '../../json.ts';
import { unknownField } from '../errors/general-errors.ts';
import type { Simulation } from '../../world/simulation.ts';

/** How one kind of node is written: its fields, and those sent when none are asked for. */
export interface NodeForm<Node> {
  /** The type named in error messages. */
  readonly type: string;
  readonly defaults: readonly string[];
  /** A field without a value is undefined and left out. */
  readonly fields: Readonly<Record<string, (node: Node, deps: Simulation) => Json | undefined>>;
}

interface FieldRequest {
  readonly name: string;
  readonly inner: string | undefined;
}

/**
 * Writes the fields asked for as `a,b{c,d}`, or the default ones; `id` always comes along.
 * Throws GraphError 100 for a field the node type does not have.
 */
export function selectFields<Node>(
  deps: Simulation,
  form: NodeForm<Node>,
  node: Node,
  fields: string | undefined,
): Json {
  const requested =
    fields === undefined ? form.defaults.map((name) => ({ name, inner: undefined })) : parseFields(fields);
  const names = requested.some(({ name }) => name === 'id')
    ? requested
    : [...requested, { name: 'id', inner: undefined }];
  return Object.fromEntries(
    names.map(({ name, inner }) => {
      const read = Object.hasOwn(form.fields, name) ? form.fields[name] : undefined;
      if (read === undefined) throw unknownField(name, form.type);
      return [name, pick(read(node, deps), inner)];
    }),
  );
}

function parseFields(text: string): FieldRequest[] {
  return [...text.matchAll(/([^,{}\s]+)\s*(?:\{([^{}]*)\})?/g)].map(([, name = '', inner]) => ({
    name,
    inner,
  }));
}

function pick(value: Json | undefined, inner: string | undefined): Json | undefined {
  if (inner === undefined || typeof value !== 'object' || value === null) return value;
  const wanted = new Set(parseFields(inner).map(({ name }) => name)).add('id');
  return Object.fromEntries(Object.entries(value).filter(([name]) => wanted.has(name)));
}
