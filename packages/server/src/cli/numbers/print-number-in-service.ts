import type { NumberFact } from '../../domain/number-facts.ts';
import { unreadAdvice } from '../../numbers/unread-reason.ts';
import type { PhoneNumberChange } from '../../ports/numbers-store.ts';
import type { CommandContext } from '../command-context.ts';
import { momentAndDistance, momentOf } from '../distance.ts';
import { printFacts, tablePrinter, type Column } from '../table.ts';
import { factInWords } from './fact-words.ts';
import type { NumberInService } from './number-in-service.ts';

const changeColumns: readonly Column<PhoneNumberChange>[] = [
  { header: 'WHEN', of: ({ at }) => momentOf(at) },
  { header: 'WHO', of: ({ who }) => who, cuttable: true },
  { header: 'WHAT', of: ({ fact }) => fact },
  { header: 'BEFORE', of: ({ before }) => before ?? '—', cuttable: true },
  { header: 'AFTER', of: ({ after }) => after ?? '—', cuttable: true },
];

/** Prints a number in service with everything that is known of it, and what changed. @param number.now milliseconds UTC */
export function printNumberInService(
  { terminal }: Pick<CommandContext, 'terminal'>,
  { record, changes, owner, now }: NumberInService & { now: number },
): void {
  const { facts, problem, identityCheck, leftAt } = record;
  const when = (time: number | undefined) => (time === undefined ? undefined : momentAndDistance(time, now));
  const word = (fact: NumberFact) => factInWords(fact, facts[fact]?.value);
  const onboarded = Date.parse(facts.lastOnboardedAt?.value ?? '');

  terminal.out(terminal.paint('bold', record.displayPhoneNumber));
  printFacts(terminal, [
    ['id', record.phoneNumberId],
    ['account (WABA)', record.wabaId],
    ['customer', owner?.customerId],
    ['claim', owner?.id],
    ['left', leftAt === undefined ? undefined : { text: momentAndDistance(leftAt, now), colour: 'red' }],
    ['status', word('status')],
    ['code verification', word('codeVerificationStatus')],
    ['platform', word('platformType')],
    ['quality', word('qualityRating')],
    ['name', facts.verifiedName?.value],
    ['name status', word('nameStatus')],
    ['throughput', word('throughputLevel')],
    ['messaging limit', word('messagingLimit')],
    ['last onboarded', when(Number.isNaN(onboarded) ? undefined : onboarded)],
    ['account mode', word('accountMode')],
    ['official account', word('officialBusinessAccount')],
    ['two-step PIN', word('pinEnabled')],
    ['identity check', identityCheck === undefined ? 'never set' : identityCheck ? 'on' : 'off'],
    ['read', when(record.readAt) ?? 'never'],
    ['next read', leftAt === undefined ? when(record.nextReadAt) : undefined],
    [
      'problem',
      problem && {
        text: `${unreadAdvice(problem.reason)} (${problem.reason}, ${momentOf(problem.at)})`,
        colour: 'red',
      },
    ],
  ]);
  if (changes.length === 0) return;
  terminal.out('');
  tablePrinter(terminal, changeColumns).print(changes);
}
