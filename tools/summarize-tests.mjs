// Reads Vitest's JSON report and decides: the closing line, and whether the run may count as passed.
// @ts-check

/**
 * @typedef {{ status: string }} Test
 * @typedef {{ name: string, status: string, assertionResults: Test[] }} TestFile
 * @param {{ testResults: TestFile[] }} report
 * @param {{ code: number, byName?: boolean }} run Vitest's exit code; whether tests were chosen by name, which leaves the others skipped
 * @returns {{ line: string, problem?: string, exitCode: number }}
 */
export function summarize(report, { code, byName = false }) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const skipped = byName ? 0 : tests.filter(({ status }) => !['passed', 'failed'].includes(status)).length;
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  let failed = tests.filter(({ status }) => status === 'failed').length + unloadable;
  // An unhandled rejection fails the run but belongs to no test.
  if (code !== 0 && failed === 0) failed = 1;

  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  if (code !== 0 || failed > 0) return { line, exitCode: code || 1 };
  if (skipped > 0)
    return { line, exitCode: 1, problem: 'A skipped test proves nothing: run it or remove it.' };
  if (passed === 0) return { line, exitCode: 1, problem: 'No test was run.' };
  return { line, exitCode: 0 };
}
