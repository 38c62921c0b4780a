import express from 'express';
import { second } from '../../../src/domain/durations.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { startIntake } from '../../webhook/support/intake.ts';
import { answering, csp, hurried, isOurs, metaSays, site, waiting, type Case } from './setups.ts';

/** The callback, the page, the clock and the database. */
export const siteCases: Case[] = [
  ['no callback', { webhook: null }, ['subscription_missing'], waiting('webhook')],
  [
    'a callback that is switched off',
    metaSays({
      listSubscriptions: async () => [
        { object: 'whatsapp_business_account', callbackUrl: undefined, active: false, fields: [] },
      ],
    }),
    ['subscription_inactive'],
    waiting('webhook'),
  ],
  [
    'no account_update',
    {
      webhook: {
        fields: [
          'messages',
          'phone_number_quality_update',
          'phone_number_name_update',
          'business_capability_update',
        ],
      },
    },
    ['account_update_missing'],
  ],
  [
    'no messages',
    { webhook: { fields: ['account_update', 'phone_number_quality_update', 'phone_number_name_update'] } },
    ['fields_missing'],
  ],
  [
    'a callback without https',
    { webhook: { url: 'http://bsp.example/signup/webhook' } },
    ['webhook_not_https'],
  ],
  [
    'a callback in a private network',
    { webhook: { url: 'https://10.0.0.7/signup/webhook' } },
    ['webhook_private'],
  ],
  [
    'a callback that nobody answers',
    { webhook: { url: 'http://127.0.0.1:1/signup/webhook' } },
    ['webhook_private', 'webhook_unreachable'],
  ],
  ['a callback with a certificate of its own making', { tls: true }, ['webhook_certificate']],
  [
    'a callback that leads elsewhere',
    answering((_req, res) => res.redirect(301, 'https://elsewhere.example/')),
    ['webhook_redirects'],
  ],
  [
    'nothing at the callback',
    { webhook: { url: 'https://bsp.example/sign-up/webhook' } },
    ['webhook_not_there'],
  ],
  [
    'a server with another verify token',
    { callback: startIntake({ verifyToken: 'another' }).app },
    ['webhook_handshake'],
  ],
  [
    'a server that echoes no challenge',
    answering((req, res) => res.status(req.method === 'GET' || isOurs(req) ? 200 : 403).end()),
    ['webhook_handshake'],
  ],
  [
    'a server with another app secret',
    { callback: startIntake({ appSecrets: ['another'] }).app },
    ['webhook_refused'],
  ],
  [
    'a body that is parsed before the kit sees it',
    { callback: express().use(express.json(), startIntake().app) },
    ['webhook_refused'],
  ],
  [
    'a handler that takes everything',
    answering((req, res) => res.end(new URL(req.url, 'http://x').searchParams.get('hub.challenge') ?? '')),
    ['webhook_unsigned'],
  ],
  ['a page that is not known', { page: null, options: { allowedOrigins: [] } }, [], ['page:page_unknown']],
  ['a page without https', { page: 'http://page.example/' }, ['page_not_https']],
  ['a page that does not answer', { page: 'http://127.0.0.1:1/' }, ['page_unreachable']],
  ['a page behind a log-in', site({ location: '/login' }, 302), ['page_not_shown']],
  ['a page that is not there', site({}, 404), ['page_not_shown']],
  ['a page as Helmet has it', site({ 'cross-origin-opener-policy': 'same-origin' }), ['page_coop']],
  [
    'a page that reports as well',
    site({ 'cross-origin-opener-policy': 'same-origin; report-to="x"' }),
    ['page_coop'],
  ],
  [
    'a page with both policies',
    site({ 'cross-origin-opener-policy': 'same-origin-plus-coep' }),
    ['page_coop'],
  ],
  [
    'a policy without Facebook’s scripts',
    { ...csp("script-src 'self'"), meta: { sdkUrl: undefined } },
    ['page_csp'],
  ],
  [
    'a policy that only lets the page itself in',
    { ...csp("default-src 'self'"), meta: { sdkUrl: undefined } },
    ['page_csp', 'page_csp', 'page_csp'],
  ],
  ['a policy without frames', csp("frame-src 'none'"), ['page_csp']],
  ['a policy without calls', csp("connect-src 'self' https://graph.facebook.com"), ['page_csp']],
  [
    'a policy in the page itself',
    site({}, 200, `<meta http-equiv="Content-Security-Policy" content="frame-src 'self'">`),
    ['page_csp'],
  ],
  ['the second of two policies', csp("frame-src *, frame-src 'none'"), ['page_csp']],
  ['a policy with a sandbox', csp('sandbox allow-scripts allow-same-origin'), ['page_sandbox']],
  [
    'Trusted Types without the widget’s',
    csp("require-trusted-types-for 'script'; trusted-types lit-html"),
    ['page_trusted_types'],
  ],
  ['a clock that is 31 seconds behind', { simulator: { now: () => t0 + 31 * second } }, ['clock_drifts']],
  [
    'a clock that is two minutes and more ahead',
    { simulator: { now: () => t0 - 122 * second } },
    ['clock_off'],
  ],
  [
    'a database with a clock of its own',
    { database: { kind: 'postgres', aheadMs: -40 * second } },
    ['clock_drifts'],
  ],
  [
    'a database that cannot be used',
    { database: () => Promise.reject(new Error('Start it.')) },
    ['database_unusable'],
    waiting('durability', 'pool'),
  ],
  [
    'a database that never answers',
    { database: () => new Promise(() => undefined), parts: () => ({ timer: hurried(12_000) }) },
    ['database_unusable'],
    waiting('durability', 'pool'),
  ],
  ['a database of a newer version', { database: { schema: 'newer' } }, ['schema_newer']],
  [
    'migrations that are left to do',
    { database: { schema: 'behind', pool: undefined } },
    ['schema_behind'],
    waiting('pool'),
  ],
  [
    'an empty database',
    { database: { schema: 'missing', pool: undefined } },
    ['schema_missing'],
    waiting('pool'),
  ],
  [
    'commits that can be lost',
    { database: { durability: { failures: ['Set it to on.'], warnings: [] } } },
    ['not_durable'],
  ],
  [
    'a file in a folder for temporary ones',
    { database: { durability: { failures: [], warnings: ['Move it.'] } } },
    ['database_place'],
  ],
  ['an empty pool', { database: { pool: { listed: 0, free: 0, freeAndLapsing: 0 } } }, ['pool_empty']],
  [
    'a pool with nothing to offer',
    { database: { pool: { listed: 7, free: 0, freeAndLapsing: 0 } } },
    ['pool_empty'],
  ],
  [
    'numbers that lapse soon',
    { database: { pool: { listed: 7, free: 5, freeAndLapsing: 2 } } },
    ['pool_lapsing'],
  ],
  ['no texts', { options: { sms: undefined } }, ['texts_missing']],
  [
    'texts that the kit asks nobody for',
    { options: { pool: { keepFresh: false } } },
    ['texts_not_asked_for'],
  ],
];
