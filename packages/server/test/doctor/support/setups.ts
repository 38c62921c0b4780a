import { createHmac } from 'node:crypto';
import express, { type RequestHandler } from 'express';
import type { MetaPreflight } from '../../../src/ports/preflight.ts';
import { us } from '../../webhook/support/intake.ts';
import type { Setup } from './clinic.ts';

/** A set-up that is wrong in one thing, what is found, and what waits for it. */
export type Case = [what: string, setup: Setup, found: string[], skipped?: string[]];

/** Meta says something else to one question. */
export const metaSays = (over: Partial<MetaPreflight>): Setup => ({
  parts: ({ meta }) => ({ meta: { ...meta, ...over } }),
});
export const answering = (handler: RequestHandler): Setup => ({ callback: express().use(handler) });
export const site = (headers: Record<string, string>, status = 200, html = '<title>Join</title>'): Setup => ({
  site: (_req, res) => res.writeHead(status, headers).end(html),
});
export const csp = (policy: string): Setup => site({ 'content-security-policy': policy });
export const refusing = (path: string, status: number, code: number): Setup => ({
  prepare: (sim) =>
    sim.setFaults([
      { match: { path }, times: 'always', fault: { kind: 'error', status, error: { code, message: 'No.' } } },
    ]),
});

/** Somebody else answers at Meta's address, always the same. */
export const answersAsGraph = (status: number, body: string): Setup => ({
  between: () => (_req, res) => res.writeHead(status, { 'content-type': 'text/html' }).end(body),
});

export const withoutApp = [
  'app_secret',
  'system_user_token',
  'business',
  'pool_access',
  'app_subscription',
  'webhook',
];
export const waiting = (...checks: string[]) => checks.map((check) => `${check}:waits`);
/** What waits where nothing of Meta's was heard. */
export const nothingOfMeta = [...waiting(...withoutApp), 'clock:waits'];
export const lacking = (...checks: string[]) => checks.map((check) => `${check}:needs_option`);

/** Fires at once what is to happen after exactly so long, and everything else in time. */
export function hurried(exactly: number) {
  return {
    after(ms: number, run: () => void) {
      const handle = setTimeout(run, ms === exactly ? 0 : ms);
      return { cancel: () => clearTimeout(handle) };
    },
  };
}

/** What a handler of the host's own would do with its secret. */
export function isOurs(req: Parameters<RequestHandler>[0]): boolean {
  return req.get('x-hub-signature-256') === signatureOfEmpty;
}
const signatureOfEmpty = `sha256=${createHmac('sha256', us.appSecret)
  .update('{"object":"whatsapp_business_account","entry":[]}')
  .digest('hex')}`;
