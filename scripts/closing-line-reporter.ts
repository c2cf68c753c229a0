import type { Reporter, TestModule } from 'vitest/node';

/** How many tests ended how. */
export interface TestTally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The line that ends a test run: `12 passed, 0 failed`, and `, 3 skipped` if there are any. */
export function closingLine(tally: TestTally): string {
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  return `${tally.passed} passed, ${tally.failed} failed${skipped}`;
}

/** Counts tests; a test file that could not be loaded and an error outside of any test count as a failure each. */
export function tallyTests(testModules: readonly TestModule[], unhandledErrors: number): TestTally {
  let passed = 0;
  let failed = unhandledErrors;
  let skipped = 0;
  for (const module of testModules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed++;
      else if (state === 'skipped') skipped++;
      else failedHere++;
    }
    if (failedHere === 0 && module.state() === 'failed') failedHere = 1;
    failed += failedHere;
  }
  return { passed, failed, skipped };
}

/**
 * Prints one line that a script can read, after everything else. A run in which no test ran fails: it has shown
 * nothing.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(testModules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tally = tallyTests(testModules, unhandledErrors.length);
    process.once('exit', () => {
      if (tally.failed > 0 || tally.passed === 0) process.exitCode ||= 1;
      process.stdout.write(`${closingLine(tally)}\n`);
    });
  }
}
