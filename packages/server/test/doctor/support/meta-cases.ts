import { day } from '../../../src/domain/durations.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { us } from '../../webhook/support/intake.ts';
import { kitSecret, type Setup } from './clinic.ts';
import {
  answersAsGraph,
  hurried,
  lacking,
  metaSays,
  nothingOfMeta,
  refusing,
  waiting,
  withoutApp,
  type Case,
} from './setups.ts';

const lookalike: Setup = { meta: { graphUrl: 'https://graph.facebook.com.evil.example' } };

/** As `openssl rand -base64` makes them. */
const plainSecret = 'CANARYq7Zr9sXw2Lk5TnBv8Ym3PdHe6GjUc1W4';

const twoInvalid = ['option_invalid', 'option_invalid'];

/** Options, and what Meta says. */
export const metaCases: Case[] = [
  ['a configuration id that is no digits', { meta: { configId: 'abc' } }, ['option_invalid']],
  [
    'no app id',
    { meta: { appId: undefined } },
    ['option_invalid'],
    [...lacking('graph', ...withoutApp), 'clock:waits', 'pool:needs_option'],
  ],
  [
    'no app secret',
    { meta: { appSecret: [] } },
    ['option_invalid'],
    [...lacking('graph', ...withoutApp), 'clock:waits'],
  ],
  [
    'no token',
    { meta: { systemUserToken: undefined } },
    ['option_invalid'],
    lacking('system_user_token', 'business', 'pool_access'),
  ],
  ['a secret that is too short', { options: { secrets: ['short'] } }, ['option_invalid'], lacking('secrets')],
  ['options that are misspelt', { meta: { appID: '1' }, options: { secretz: [] } }, twoInvalid],
  [
    'options by names that may be secrets',
    { meta: { 'CANARY one': '1' }, options: { 'CANARY-two': '2' } },
    twoInvalid,
  ],
  [
    'three options that cannot work',
    { meta: { configId: 'x' }, options: { database: 'mysql:x', numbersPerSession: 0 } },
    ['option_invalid', 'option_invalid', 'option_invalid'],
    lacking('database', 'durability', 'pool'),
  ],
  ['a secret that stands twice', { options: { secrets: [kitSecret, kitSecret] } }, ['secret_repeated']],
  ['the app secret as a secret', { options: { secrets: [us.appSecret] } }, ['secret_repeated']],
  ['one of `secrets` for texts', { options: { sms: { secret: kitSecret } } }, ['secret_repeated']],
  [
    'one of `secrets` for events, as these are written',
    {
      options: {
        events: { url: 'https://bsp.example/events', secret: `whsec_${plainSecret}` },
        secrets: [plainSecret],
      },
    },
    ['secret_repeated'],
  ],
  [
    'one secret for texts and events',
    {
      options: {
        sms: { secret: [kitSecret.toLowerCase(), plainSecret] },
        events: { url: 'https://bsp.example/events', secret: plainSecret },
      },
    },
    ['secret_repeated'],
  ],
  ['a guessable secret of texts', { options: { sms: { secret: 'changeme'.repeat(5) } } }, ['secret_weak']],
  ['a token of Twilio’s that is none', { options: { sms: { twilio: { authToken: 'x' } } } }, ['secret_weak']],
  [
    'a made-up secret of Vonage’s',
    { options: { sms: { vonage: { signatureSecret: 'secret' } } } },
    ['secret_weak'],
  ],
  [
    'a guessable secret of events',
    { options: { events: { url: 'https://bsp.example/events', secret: 'my-password-for-the-events' } } },
    ['secret_weak'],
  ],
  ['a secret of few letters', { options: { secrets: ['abab'.repeat(10)] } }, ['secret_weak']],
  [
    'a secret of an example',
    { options: { secrets: ['please-change-me-before-you-go-live!'] } },
    ['secret_weak'],
  ],
  ['no verify token', { meta: { webhookVerifyToken: undefined } }, ['verify_token_missing']],
  ['a function that lets everybody call', { options: { allowedOrigins: () => true } }, ['origins_open']],
  [
    'a function that throws',
    { options: { allowedOrigins: (origin: string) => origin.length > 999 || JSON.parse('') } },
    ['origins_broken'],
  ],
  [
    'a page of this machine that may call',
    { options: { allowedOrigins: ['http://localhost:3000'] } },
    ['origin_loopback'],
  ],
  [
    'nobody at Meta’s address',
    { meta: { graphUrl: 'http://127.0.0.1:1' } },
    ['graph_not_metas', 'graph_unreachable'],
    [...waiting(...withoutApp), 'clock:waits'],
  ],
  ['the simulator at the place of Meta', { simulated: true }, ['graph_not_metas']],
  ['a host that only looks like Meta’s', lookalike, ['graph_not_metas']],
  [
    'a server of files at Meta’s address',
    answersAsGraph(404, '<title>Error response</title>'),
    ['graph_unreadable'],
    nothingOfMeta,
  ],
  [
    'a log-in of somebody else’s at Meta’s address',
    answersAsGraph(401, '{"error":{"code":190,"message":"Unauthorized"}}'),
    ['graph_unreadable'],
    nothingOfMeta,
  ],
  [
    'somebody else’s limit at Meta’s address',
    answersAsGraph(429, 'Slow down.'),
    ['graph_unreadable'],
    nothingOfMeta,
  ],
  ['a proxy that takes Meta’s headers away', { between: (passOn) => passOn }, []],
  [
    'another app’s secret, behind such a proxy',
    { between: (passOn) => passOn, meta: { appSecret: 'CANARY-another-secret' } },
    ['app_secret_wrong'],
    waiting(...withoutApp.slice(1)),
  ],
  [
    'a firewall that answers for one call',
    {
      between: (passOn) => (req, res) =>
        req.url?.includes('/subscriptions') === true ? res.writeHead(403).end('No.') : passOn(req, res),
    },
    ['graph_unreadable'],
    waiting('app_subscription', 'webhook'),
  ],
  [
    'Meta itself with a page',
    {
      prepare: (sim) => sim.setFaults([{ match: {}, times: 'always', fault: { kind: 'html', status: 200 } }]),
    },
    ['graph_unreadable'],
    waiting(...withoutApp),
  ],
  ['trouble at Meta', refusing('/debug_token', 503, 2), ['graph_busy'], waiting(...withoutApp)],
  [
    'an app that is throttled',
    {
      prepare: (sim) =>
        sim.setFaults([
          {
            match: { path: '/*/subscriptions' },
            times: 'always',
            fault: { kind: 'throttled', code: 4, regainMinutes: 5 },
          },
        ]),
    },
    ['graph_busy'],
    waiting('app_subscription', 'webhook'),
  ],
  ['a version that Meta no longer serves', { meta: { graphVersion: 'v19.0' } }, ['graph_version_served']],
  [
    'a version that Meta does not know',
    { meta: { graphVersion: 'v99.0' } },
    ['graph_version_unknown'],
    waiting(...withoutApp),
  ],
  [
    'a version that Meta does not know, and no token',
    {
      meta: { graphVersion: 'v99.0', systemUserToken: () => Promise.reject(new Error('CANARY')) },
    },
    ['graph_version_unknown', 'token_not_fetched'],
    waiting(...withoutApp.filter((one) => one !== 'system_user_token')),
  ],
  [
    'a version that Meta does not know, and another app’s secret',
    { meta: { graphVersion: 'v99.0', appSecret: 'CANARY-another-secret' } },
    ['graph_version_unknown'],
    waiting(...withoutApp),
  ],
  ['a version that is not the newest', { meta: { graphVersion: 'v25.0' } }, ['graph_version_old']],
  [
    'the secret of another app',
    { meta: { appSecret: 'CANARY-another-secret' } },
    ['app_secret_wrong'],
    waiting(...withoutApp.slice(1)),
  ],
  [
    'a token function that throws',
    { meta: { systemUserToken: () => Promise.reject(new Error('CANARY')) } },
    ['token_not_fetched'],
    waiting('business', 'pool_access'),
  ],
  [
    'a token function that never ends',
    {
      meta: { systemUserToken: () => new Promise(() => undefined) },
      parts: () => ({ timer: hurried(5_000) }),
    },
    ['token_not_fetched'],
    waiting('business', 'pool_access'),
  ],
  [
    'a token that never was one',
    { meta: { systemUserToken: 'EAACANARYnothing' } },
    ['token_invalid'],
    waiting('business', 'pool_access'),
  ],
  [
    'a token with blanks',
    { meta: { systemUserToken: 'EAA CANARY nothing' } },
    ['token_invalid'],
    waiting('business', 'pool_access'),
  ],
  [
    'a token that has expired',
    { simulator: { systemUserTokenExpiresAt: t0 - day } },
    ['token_invalid'],
    waiting('business', 'pool_access'),
  ],
  [
    'a token of another app',
    { simulator: { systemUserTokenAppId: '999999999999999' } },
    ['token_of_other_app'],
    waiting('business', 'pool_access'),
  ],
  [
    'a token of a page',
    metaSays({
      inspectToken: () =>
        Promise.resolve({
          valid: true,
          appId: undefined,
          type: 'PAGE',
          expiresAt: undefined,
          scopes: ['business_management', 'whatsapp_business_management'],
        }),
    }),
    ['token_type'],
  ],
  [
    'a token of a person',
    { simulator: { userToken: 'EAACANARYperson' }, meta: { systemUserToken: 'EAACANARYperson' } },
    ['token_of_person'],
  ],
  ['a token that ends', { simulator: { systemUserTokenExpiresAt: t0 + 10 * day } }, ['token_expires']],
  [
    'a token without one permission',
    { simulator: { systemUserScopes: ['whatsapp_business_management'] } },
    ['scope_missing'],
    waiting('business', 'pool_access'),
  ],
  [
    'a token without the other permission',
    { simulator: { systemUserScopes: ['business_management'] } },
    ['scope_missing'],
  ],
  [
    'a token without both',
    { simulator: { systemUserScopes: ['public_profile'] } },
    ['scope_missing', 'scope_missing'],
    waiting('business', 'pool_access'),
  ],
  [
    'the id of another portfolio',
    { meta: { businessId: '123456789012345' } },
    ['business_not_seen'],
    waiting('pool_access'),
  ],
  [
    'a business that is no partner',
    { simulator: { poolEligible: false, profile: 'openapi' } },
    ['pool_not_eligible'],
  ],
  [
    'a business that is no partner, by another answer',
    { simulator: { poolEligible: false, profile: 'live' } },
    ['pool_not_admin'],
  ],
  [
    'a business that may not, by Meta’s own code',
    refusing('/*/preverified_numbers', 403, 10),
    ['pool_not_eligible'],
  ],
  ['a system user that is no admin', refusing('/*/preverified_numbers', 403, 200), ['pool_not_admin']],
  [
    'subscriptions that Meta does not list',
    refusing('/*/subscriptions', 400, 100),
    ['subscriptions_refused'],
    waiting('webhook'),
  ],
];
