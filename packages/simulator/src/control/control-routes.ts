import express, { type ErrorRequestHandler, type Router } from 'express';
import { isJsonObject } from '../json.ts';
import { SignUpImpossibleError } from '../signup/sign-up.ts';
import { readClockChange } from './read/clock-change.ts';
import { readFaults } from './read/faults.ts';
import { readNumberSeed } from './read/number-seed.ts';
import { readSignUpRequest } from './read/sign-up-request.ts';
import type { SimulatorControl } from './simulator-control.ts';

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
  router.post('/clock', (req, res) => {
    const { now, advance } = readClockChange(req.body);
    if (now !== undefined) control.setClock(now);
    if (advance !== undefined) control.advance(advance);
    res.json({ now: control.now() });
  });
  router.post('/numbers', (req, res) => {
    res.status(201).json({ numbers: control.seedNumbers(readNumberSeed(req.body)) });
  });
  router.get('/inbox', (req, res) => {
    const { to } = req.query;
    res.json({ messages: control.inbox(typeof to === 'string' ? to : undefined) });
  });
  router.get('/requests', (_req, res) => {
    res.json({ requests: control.requests() });
  });
  router.post('/faults', (req, res) => {
    const faults = readFaults(req.body);
    control.setFaults(faults);
    res.json({ faults });
  });
  router.post('/signups', (req, res) => {
    res.status(201).json(control.signUp(readSignUpRequest(req.body)));
  });
  router.use((req, res) => {
    res.status(404).json({ error: `There is no control ${req.method} ${req.path}.` });
  });
  router.use(refuse);
  return router;
}

const refuse: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (error instanceof SignUpImpossibleError) {
    res.status(409).json({ error: error.message });
  } else if (error instanceof RangeError || error instanceof TypeError) {
    res.status(400).json({ error: error.message });
  } else if (isJsonObject(error) && error['type'] === 'entity.parse.failed') {
    res.status(400).json({ error: 'The body is not JSON.' });
  } else {
    next(error);
  }
};
