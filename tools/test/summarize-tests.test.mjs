import { expect, it } from 'vitest';
import { summarize } from '../summarize-tests.mjs';

const file = (...statuses) => ({
  name: 'a.test.ts',
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});
const report = (...testResults) => ({ testResults });

it('adds up the files', () => {
  const summary = summarize(report(file('passed', 'passed'), file('passed')), { code: 0 });
  expect(summary).toEqual({ line: '3 passed, 0 failed', exitCode: 0 });
});

it('fails with a failed test', () => {
  const summary = summarize(report(file('passed', 'failed')), { code: 1 });
  expect(summary).toEqual({ line: '1 passed, 1 failed', exitCode: 1 });
});

it('counts a file that could not be loaded as a failure', () => {
  const summary = summarize(report(file('passed'), { ...file(), status: 'failed' }), { code: 1 });
  expect(summary).toEqual({ line: '1 passed, 1 failed', exitCode: 1 });
});

it('counts an error outside of any test as a failure', () => {
  expect(summarize(report(file('passed')), { code: 1 })).toEqual({ line: '1 passed, 1 failed', exitCode: 1 });
});

it.each(['pending', 'skipped', 'todo'])('never passes with a %s test', (status) => {
  expect(summarize(report(file('passed', status)), { code: 0 })).toMatchObject({
    line: '1 passed, 0 failed, 1 skipped',
    exitCode: 1,
  });
});

it('takes tests that were not chosen by name for what they are', () => {
  const summary = summarize(report(file('passed', 'skipped')), { code: 0, byName: true });
  expect(summary).toEqual({ line: '1 passed, 0 failed', exitCode: 0 });
});

it('never passes without a test', () => {
  expect(summarize(report(), { code: 0 })).toMatchObject({ line: '0 passed, 0 failed', exitCode: 1 });
});
