import express, { type ErrorRequestHandler, type Router } from 'express';
import { isJsonObject } from '../json.ts';
import { SignUpImpossibleError } from '../signup/sign-up-request.ts';
import { partnerRoutes } from './partner-routes.ts';
import { readBusinessChange } from './read/business-change.ts';
import { readClockChange } from './read/clock-change.ts';
import { readFaults } from './read/faults.ts';
import { readRequestFilter } from './read/request-filter.ts';
import { readNumberSeed } from './read/number-seed.ts';
import { readSignUpRequest } from './read/sign-up-request.ts';
import { smsRoutes } from './sms-routes.ts';
import type { SimulatorControl } from './simulator-control.ts';
import { WebhookHandshakeError } from '../webhooks/delivery/handshake.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** The controls over HTTP, JSON in and out. Mount under `/__simulator`. */
export function controlRoutes(control: SimulatorControl): Router {
  const router = express.Router();
  router.use(express.json());

  router.get('/state', (_req, res) => {
    res.json(control.state());
  });
  router.post('/reset', (_req, res) => {
    control.reset();
    res.json(control.state());
  });
  router.get('/clock', (_req, res) => {
    res.json(control.clock());
  });
  router.post('/clock', (req, res) => {
    const { now, advance, run } = readClockChange(req.body);
    if (now !== undefined) control.setClock(now);
    if (advance !== undefined) control.advance(advance);
    if (run !== undefined) control.runClock(run);
    res.json({ now: control.now() });
  });
  router.post('/numbers', (req, res) => {
    res.status(201).json({ numbers: control.seedNumbers(readNumberSeed(req.body)) });
  });
  router.get('/inbox', (req, res) => {
    const { to } = req.query;
    res.json({ messages: control.inbox(typeof to === 'string' ? to : undefined) });
  });
  router.post('/businesses/:id', (req, res) => {
    const { verified } = readBusinessChange(req.body);
    control.setBusinessVerified(req.params.id, verified);
    res.json({ id: req.params.id, verified });
  });
  router.delete('/phone-numbers/:id', (req, res) => {
    control.deletePhoneNumber(req.params.id);
    res.json({ deleted: req.params.id });
  });
  router.get('/requests', (req, res) => {
    res.json({ requests: control.requests(readRequestFilter(req.query)) });
  });
  router.delete('/requests', (_req, res) => {
    control.clearRequests();
    res.json({ requests: [] });
  });
  router.post('/faults', (req, res) => {
    control.setFaults(readFaults(req.body));
    res.json(control.faults());
  });
  router.get('/faults', (_req, res) => {
    res.json(control.faults());
  });
  router.post('/signups', (req, res) => {
    res.status(201).json(control.signUp(readSignUpRequest(req.body)));
  });
  router.use(webhookRoutes(control));
  router.use(smsRoutes(control));
  router.use(partnerRoutes(control));
  router.use((req, res) => {
    res.status(404).json({ error: `There is no control ${req.method} ${req.path}.` });
  });
  router.use(refuse);
  return router;
}

const refuse: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (error instanceof SignUpImpossibleError || error instanceof WebhookHandshakeError) {
    res.status(409).json({ error: error.message });
  } else if (error instanceof RangeError || error instanceof TypeError) {
    res.status(400).json({ error: error.message });
  } else if (isJsonObject(error) && error['type'] === 'entity.parse.failed') {
    res.status(400).json({ error: 'The body is not JSON.' });
  } else {
    next(error);
  }
};
