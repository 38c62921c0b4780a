import type { Json } from '../../json.ts';
import type { Caller } from '../../world/access/caller.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { Parameters } from './parameters.ts';

/** One Graph call by a caller who may make it. */
export interface GraphCall {
  readonly caller: Caller;
  readonly parameters: Parameters;
  /** The full address of the call, with its query; what `paging.next` is made from. */
  readonly url: URL;
}

/** Answers a call on one node with the JSON of a 200, or throws GraphError. */
export type NodeEndpoint<Node> = (simulation: Simulation, node: Node, call: GraphCall) => Json;

/** What most writes answer. */
export const SUCCESS = { success: true } as const;
