import type { NumberFact } from '../../domain/number-facts.ts';
import type { Fact } from '../table.ts';
import type { Colour } from '../terminal.ts';

/** What a word of Meta's means for a person who looks after the number. */
interface Meaning {
  colour: Colour;
  /** What to do, where something is to be done. */
  means?: string;
}

const inOrder: Meaning = { colour: 'green' };

/** The words that Meta documents. Any other is shown as it is. */
const meanings: Readonly<Partial<Record<NumberFact, Readonly<Record<string, Meaning>>>>> = {
  status: {
    CONNECTED: inOrder,
    PENDING: { colour: 'yellow', means: 'not registered yet' },
    UNVERIFIED: { colour: 'yellow', means: 'hand in a one-time code' },
    DISCONNECTED: { colour: 'red', means: 'it sends nothing: register it again' },
    FLAGGED: {
      colour: 'yellow',
      means: 'quality is low: send less, and only what customers want; in seven days it is connected again',
    },
    RESTRICTED: {
      colour: 'red',
      means: 'the limit of conversations is reached: only replies are delivered for now',
    },
    RATE_LIMITED: { colour: 'yellow', means: 'too many messages: send more slowly' },
    BANNED: { colour: 'red', means: 'it sends nothing: appeal in WhatsApp Manager' },
    MIGRATED: { colour: 'red', means: 'it has moved to another account' },
    DELETED: { colour: 'red', means: 'its owner has deleted it: end its claim' },
  },
  codeVerificationStatus: {
    VERIFIED: inOrder,
    NOT_VERIFIED: { colour: 'yellow', means: 'hand in a one-time code' },
    EXPIRED: {
      colour: 'yellow',
      means: 'nothing is to be done while it is registered; before it is registered anew it needs a code',
    },
  },
  qualityRating: {
    GREEN: inOrder,
    YELLOW: { colour: 'yellow', means: 'customers have complained: look at what is sent' },
    RED: { colour: 'red', means: 'customers block or report it: send less, and only what they asked for' },
  },
  nameStatus: {
    APPROVED: inOrder,
    AVAILABLE_WITHOUT_REVIEW: inOrder,
    PENDING_REVIEW: { colour: 'yellow', means: 'Meta looks at the name' },
    DECLINED: { colour: 'red', means: 'choose another name in WhatsApp Manager' },
    EXPIRED: { colour: 'red', means: 'choose a name in WhatsApp Manager, and register the number again' },
  },
  throughputLevel: { HIGH: inOrder },
};

/** A fact as it is printed: Meta's word, and what it means where somebody has to do something. */
export function factInWords(fact: NumberFact, value: string | undefined): Fact | undefined {
  const words = meanings[fact];
  if (value === undefined || words === undefined || !Object.hasOwn(words, value)) return value;
  const meaning = words[value];
  if (meaning === undefined) return value;
  return {
    text: meaning.means === undefined ? value : `${value}: ${meaning.means}`,
    colour: meaning.colour,
  };
}
