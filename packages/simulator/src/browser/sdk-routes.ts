import express, { type Router } from 'express';
import { originOf } from '../request-origin.ts';
import type { Settings } from '../settings/settings.ts';
import { dialogOrigin } from './dialog-origin.ts';
import { sdkSource } from './sdk-source.ts';

const LOCALE = /^[a-z]{2,3}_[A-Z]{2}$/;

/** `/<locale>/sdk.js`, such as `/en_US/sdk.js`. Its popup is on whichever name the page loaded it from, or on `dialogHost`. */
export function sdkRoutes(settings: Settings): Router {
  const { graphVersions, redirectInsteadOfPopup } = settings;
  const router = express.Router();
  router.get('/:locale/sdk.js', (req, res, next) => {
    if (!LOCALE.test(req.params.locale)) {
      next();
      return;
    }
    // Meta's page loads the script with crossorigin="anonymous", which needs the first header.
    res.set({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-type': 'application/x-javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    res.send(
      sdkSource({
        origin: dialogOrigin(originOf(req), settings),
        version: graphVersions.at(-1) ?? '',
        redirects: redirectInsteadOfPopup,
      }),
    );
  });
  return router;
}
