import { claimStatuses } from '@embedded-signup-kit/protocol';
import { expect, test } from 'vitest';
import { claimStatusTable, english, widgetStatuses } from '../src/index.ts';
import { labelsFor } from '../src/labels/labels-for.ts';

test('every claim status has a widget status, and only known ones', () => {
  expect(Object.keys(claimStatusTable).sort()).toEqual([...claimStatuses].sort());
  for (const status of Object.values(claimStatusTable)) expect(widgetStatuses).toContain(status);
});

test('every widget status has a sentence', () => {
  for (const status of widgetStatuses) expect(english).toHaveProperty(status);
});

test('of several names, the first that has a text is said', () => {
  expect(labelsFor(english)('constructor', 'launch')).toBe(english.launch);
});

test('a module for browsers can be imported on a server', async () => {
  expect(globalThis).not.toHaveProperty('HTMLElement');
  await expect(import('../src/element.ts')).resolves.toHaveProperty('EmbeddedSignupElement');
});
