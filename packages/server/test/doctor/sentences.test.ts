import { afterEach, describe, expect, it } from 'vitest';
import type { FindingCode } from '../../src/doctor/findings.ts';
import { visit, type Setup } from './support/clinic.ts';
import { answersAsGraph } from './support/setups.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

/** What stands in the line of the check, and what is to be done: every finding of this code. */
async function saidOf(setup: Setup, code: FindingCode): Promise<string[]> {
  const visited = await visit(setup);
  close = visited.close;
  return visited.checks
    .flatMap(({ findings }) => findings)
    .filter((one) => one.code === code)
    .map(({ summary, advice }) => `${summary}: ${advice}`);
}

const throttled: Setup = {
  prepare: (sim) =>
    sim.setFaults([
      {
        match: { path: '/*/subscriptions' },
        times: 'always',
        fault: { kind: 'throttled', code: 4, regainMinutes: 5 },
      },
    ]),
};

describe('the doctor', () => {
  it.each<[string, Setup, FindingCode, RegExp[]]>([
    [
      'an option that is malformed its variable as well',
      { meta: { appId: 'abc' } },
      'option_invalid',
      [/^meta\.appId \(META_APP_ID\): meta\.appId \(META_APP_ID\) must be .*It is in App Dashboard ▸/],
    ],
    [
      'one of a list its place',
      { options: { secrets: ['short'], sms: { secret: ['short'] } } },
      'option_invalid',
      [
        /^secrets\[0\] \(SIGNUP_SECRETS\): secrets\[0\] \(SIGNUP_SECRETS\) must have/,
        /^sms\.secret.* \(SIGNUP_SMS_SECRET\): sms\.secret.* \(SIGNUP_SMS_SECRET\) must have/,
      ],
    ],
    [
      'an option that no variable holds only that',
      { options: { creditLine: { id: '1', currency: 'USD', systemUserId: 'x' } } },
      'option_invalid',
      [/^creditLine\.systemUserId: creditLine\.systemUserId must be/],
    ],
    [
      'what waits for an option the same names',
      { meta: { businessId: 'x', configId: 'x' } },
      'needs_option',
      [
        /^needs meta\.businessId \(META_BUSINESS_ID\): Put meta\.businessId \(META_BUSINESS_ID\) right first\.$/,
        /^needs meta\.businessId \(META_BUSINESS_ID\): /,
        /^needs meta\.businessId \(META_BUSINESS_ID\): /,
      ],
    ],
    [
      'an address that nobody answers the address as it is set',
      { meta: { graphUrl: 'http://127.0.0.1:1' } },
      'graph_unreachable',
      [/^no answer \(ECONNREFUSED\): Let this machine connect to http:\/\/127\.0\.0\.1:1: /],
    ],
    [
      'an address that is not Meta’s where it leads',
      { meta: { graphUrl: 'http://127.0.0.1:1' } },
      'graph_not_metas',
      [
        /^points to http:\/\/127\.0\.0\.1:1: a simulator\?: Take meta\.graphUrl \(META_GRAPH_URL\) out before customers come/,
      ],
    ],
    [
      'a server that is not Meta’s who it may be',
      answersAsGraph(404, '<p>'),
      'graph_unreadable',
      [/^an answer that is not of Meta’s Graph API: Look what answers at https:\/\/graph\.facebook\.com: /],
    ],
    [
      'an unknown version the one that is known',
      { meta: { graphVersion: 'v99.0' } },
      'graph_version_unknown',
      [/^Meta does not know v99\.0: Set meta\.graphVersion \(META_GRAPH_VERSION\) to v26\.0/],
    ],
    [
      'a throttled app the time',
      throttled,
      'graph_busy',
      [
        /^throttled: Meta takes no more calls of this app for now \(graph:4\): run this again after \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, in \d+ minutes\.$/,
      ],
    ],
  ])('tells of %s', async (_what, setup, code, sentences) => {
    const said = await saidOf(setup, code);
    expect(said).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
  });
});
