import { describe, expect, it } from 'vitest';
import { asReport } from '../../src/cli/doctor/report.ts';
import { openTerminal } from '../../src/cli/terminal.ts';
import type { Check } from '../../src/doctor/check.ts';

const checks: Check[] = [
  { check: 'options', title: 'Options', result: 'ok', seen: 'all of them can work', findings: [] },
  {
    check: 'texts',
    title: 'Texts',
    result: 'warning',
    seen: 'no texts\u001B[31m\nreach',
    findings: [
      {
        code: 'texts_missing',
        result: 'warning',
        summary: '',
        advice: 'Set `sms`, and have your provider post them.',
      },
    ],
  },
  {
    check: 'webhook',
    title: 'Webhook callback',
    result: 'failed',
    seen: '',
    findings: [{ code: 'webhook_unsigned', result: 'failed', summary: '', advice: 'Check it.' }],
  },
  {
    check: 'pool',
    title: 'Pool',
    result: 'skipped',
    seen: 'waits',
    findings: [{ code: 'waits', result: 'skipped', summary: '', advice: 'Put it right.' }],
  },
];

const stream = (isTTY: boolean, columns?: number) => ({ isTTY, columns: columns ?? 0, write: () => true });
const reportOn = (isTTY: boolean, env: Record<string, string> = {}, columns?: number) =>
  asReport(checks, openTerminal({ stdout: stream(isTTY, columns), stderr: stream(isTTY), env }));

describe('the report', () => {
  it('has colours on a terminal', () => {
    const [ok, warning, failed] = reportOn(true);
    expect(ok).toContain('\u001B[32m✔');
    expect(warning).toContain('\u001B[33m!');
    expect(failed).toContain('\u001B[31m✖');
  });

  it.each([
    ['elsewhere', false, {}],
    ['with NO_COLOR', true, { NO_COLOR: '1' }],
    ['on a simple terminal', true, { TERM: 'dumb' }],
  ])('has none %s', (_where, isTTY, env) => {
    expect(reportOn(isTTY, env).join('\n')).not.toContain('\u001B');
  });

  it('says what failed before what is only warned of, and counts', () => {
    const lines = reportOn(false);
    expect(lines.slice(4)).toEqual([
      '',
      '✖ Webhook callback: Check it. [webhook_unsigned]',
      '',
      '! Texts: Set `sms`, and have your provider post them. [texts_missing]',
      '',
      '1 failed, 1 warning, 1 skipped, 1 ok.',
    ]);
  });

  it('fits its sentences to a terminal, and nothing to a file', () => {
    const lines = reportOn(true, { NO_COLOR: '1' }, 40).slice(4);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
    expect(lines).toContain('! Texts: Set `sms`, and have your');
    expect(lines).toContain('  provider post them. [texts_missing]');
  });
});
