import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{bin,impl,traces,checker,spec,scripts,bench}/**/*.test.ts'],
    reporters: ['default', './scripts/closing-line-reporter.ts'],
    passWithNoTests: false,
    globalSetup: ['./checker/tlc/tlc-setup.fixture.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
