import express, { type Response, type Router } from 'express';
import { isJsonObject } from '../../json.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { Dialogs } from './dialog.ts';
import { HAND_OVER_SOURCE } from './hand-over/hand-over-source.ts';
import type { Html } from './page/html.ts';
import { wrongPage } from './hand-over/last-screens.ts';
import { parseLaunch } from './launch/launch.ts';
import { POPUP_CSS } from './page/popup-css.ts';
import { presentScreen, submitScreen } from './screens.ts';
import type { Form } from './step.ts';

/**
 * The popup: `/<version>/dialog/oauth` opens one, and its screens follow at `/dialog/<id>`. Every screen is a form
 * that is answered by a redirect, so that it works without scripts and may be reloaded.
 */
export function popupRoutes(simulation: Simulation, dialogs: Dialogs): Router {
  const router = express.Router();

  router.get('/dialog/popup.css', (_req, res) => {
    res.type('css').send(POPUP_CSS);
  });
  router.get('/dialog/hand-over.js', (_req, res) => {
    res.type('js').send(HAND_OVER_SOURCE);
  });
  router.get(/^(\/v\d+\.\d+)?\/dialog\/oauth$/, (req, res) => {
    const query = new URL(req.originalUrl, 'http://localhost').searchParams;
    const launch = parseLaunch(query, simulation.settings);
    if ('hint' in launch) {
      show(res.status(400), wrongPage(launch.hint));
      return;
    }
    res.redirect(303, `/dialog/${dialogs.open(launch).id}`);
  });
  router.get('/dialog/:id', (req, res) => {
    const dialog = dialogs.find(req.params.id);
    if (dialog === undefined) {
      show(res.status(404), wrongPage('This sign-up is over. Close the window and start again.'));
      return;
    }
    show(res, presentScreen(simulation, dialog));
    // The screen just sent posts them; shown again it must not.
    dialog.unposted = [];
  });
  router.post('/dialog/:id/:step', express.urlencoded({ extended: false }), (req, res) => {
    const dialog = dialogs.find(req.params.id);
    // A screen that is not the present one was sent twice, or from the browser's history: it changes nothing.
    if (dialog?.step === req.params.step) submitScreen(simulation, dialog, readForm(req.body));
    res.redirect(303, `/dialog/${encodeURIComponent(req.params.id)}`);
  });
  return router;
}

function readForm(body: unknown): Form {
  if (!isJsonObject(body)) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function show(res: Response, html: Html): void {
  res.set({
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; " +
      "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  res.type('html').send(html.markup);
}
