import express, { type Router } from 'express';
import { readSms } from './read/sms.ts';
import { readDeliverRequest } from './read/webhook.ts';
import type { SmsControl } from './sms-control.ts';

/** The controls over the provider of the BSP's telephone numbers, over HTTP. */
export function smsRoutes(control: SmsControl): Router {
  const router = express.Router();
  router.get('/sms', (_req, res) => {
    res.json(control.sms());
  });
  router.put('/sms', (req, res) => {
    res.json(control.setSms(readSms(req.body)));
  });
  router.delete('/sms', (_req, res) => {
    res.json(control.setSms(null));
  });
  router.post('/sms/deliver', async (req, res) => {
    res.json({ deliveries: await control.deliverSms(readDeliverRequest(req.body)) });
  });
  router.get('/sms/deliveries', (_req, res) => {
    res.json({ deliveries: control.smsDeliveries() });
  });
  return router;
}
