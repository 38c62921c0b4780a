import { claimOfHold } from '../../domain/attachment-session.ts';
import { numberState } from '../../domain/number-lifecycle.ts';
import type { PoolRecord } from '../../ports/records.ts';
import type { Column } from '../table.ts';
import { colourOfState, expiryInWords, nextInWords, type Moment } from './number-words.ts';

/** The columns of `pool list`. The id goes first where it is narrow: commands take the telephone number as well. */
export const numberColumns = (moment: Moment): readonly Column<PoolRecord>[] => [
  { header: 'NUMBER', of: ({ displayPhoneNumber }) => displayPhoneNumber },
  { header: 'CC', of: ({ country }) => country, dispensable: 1 },
  {
    header: 'STATE',
    of: (record) => numberState(record, moment.now),
    colour: (record) => colourOfState[numberState(record, moment.now)],
  },
  {
    header: 'EXPIRES',
    of: (record) => expiryInWords(record, moment.now),
    lastResort: 1,
  },
  { header: 'NEXT', of: (record) => nextInWords(record, moment), cuttable: true, lastResort: 2 },
  {
    header: 'CUSTOMER',
    of: (record) => {
      const state = numberState(record, moment.now);
      if (state === 'claimed') return record.claimedBy;
      return state === 'held' && claimOfHold(record.heldBy) === undefined ? record.heldBy : undefined;
    },
    dispensable: 2,
    cuttable: true,
  },
  { header: 'ID', of: ({ id }) => id, dispensable: 3 },
];
