import express, { type Router } from 'express';
import { readDeliverRequest, readDelivery, readWebhook } from './read/webhook.ts';
import { readEvent } from './read/webhook-event.ts';
import type { WebhookControl } from './webhook-control.ts';

/** The controls over webhooks and messages, over HTTP. */
export function webhookRoutes(control: WebhookControl): Router {
  const router = express.Router();
  router.get('/webhook', (_req, res) => {
    res.json(control.webhook());
  });
  router.put('/webhook', async (req, res) => {
    res.json(await control.setWebhook(readWebhook(req.body)));
  });
  router.delete('/webhook', (_req, res) => {
    control.removeWebhook();
    res.json(control.webhook());
  });
  router.put('/webhook/delivery', (req, res) => {
    res.json(control.setDelivery(readDelivery(req.body)));
  });
  router.post('/webhook/deliver', async (req, res) => {
    res.json({ deliveries: await control.deliver(readDeliverRequest(req.body)) });
  });
  router.get('/deliveries', (_req, res) => {
    res.json({ deliveries: control.deliveries() });
  });
  router.post('/events', (req, res) => {
    res.status(201).json({ events: control.emit(readEvent(req.body)) });
  });
  router.get('/messages', (_req, res) => {
    res.json({ messages: control.messages() });
  });
  return router;
}
