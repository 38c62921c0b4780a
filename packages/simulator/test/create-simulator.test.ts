import request from 'supertest';
import { expect, test } from 'vitest';
import { createSimulator } from '../src/index.ts';

test('a simulator works without a port', async () => {
  const { app, businessId, systemUserToken, ...simulator } = createSimulator({ numbers: 2 });
  const answer = await request(app)
    .get(`/v26.0/${businessId}/preverified_numbers`)
    .query({ limit: 1 })
    .auth(systemUserToken, { type: 'bearer' });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ data: [{ id: simulator.state().preverifiedNumbers[0]?.id }] });
});
