import type { NumberCall } from '../../ports/pool-store.ts';
import { oneLineOf } from '../display-width.ts';
import { dayOf, distance, momentOf } from '../distance.ts';
import type { Column } from '../table.ts';

const names: Readonly<Record<NumberCall['kind'], string>> = {
  add: 'added to the pool',
  request_code: 'asked for a code',
  verify_code: 'handed a code in',
};

const ends = { done: 'done', refused: 'refused by Meta', unsure: 'nobody knows' } as const;

/** The columns of the calls about a number. */
export const callColumns = (now: number): readonly Column<NumberCall>[] => [
  { header: 'WHEN', of: ({ at }) => momentOf(at) },
  { header: 'WHO', of: ({ who }) => who, cuttable: true },
  {
    header: 'WHAT',
    of: ({ kind, method }) =>
      names[kind] + (method === undefined ? '' : method === 'SMS' ? ' by text' : ' by voice'),
  },
  {
    header: 'HOW IT ENDED',
    of: ({ outcome, reason, closedUntil }) =>
      ends[outcome ?? 'unsure'] +
      (reason === undefined ? '' : ` (${oneLineOf(reason)})`) +
      (closedUntil === undefined || closedUntil <= now
        ? ''
        : `, again ${distance(closedUntil, now)} (${dayOf(closedUntil)})`),
    colour: ({ outcome }) => (outcome === 'done' ? 'green' : outcome === 'refused' ? 'red' : 'yellow'),
  },
];
