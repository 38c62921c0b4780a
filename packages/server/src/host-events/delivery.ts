import type { HostEvent } from '../ports/host-events.ts';

/**
 * One try to hand an event over. Never rejects.
 *
 * @returns `undefined` when it arrived, otherwise what went wrong, in a word: the name of an error, `HTTP 500`, or one of ours
 * in small letters. `no_destination`: there is nobody to hand it to on this node
 */
export type Delivery = (event: HostEvent) => Promise<string | undefined>;
