import { defineConfig } from '@playwright/test';
import { findBrowser, isRootOnLinux } from './scripts/lib/browser.mjs';

/**
 * Journeys through the app. `browser` runs the web shell in an installed Chromium, Chrome or Edge (or Playwright's own
 * where there is none); `electron` runs the desktop app, and its specs skip themselves where Electron has no binary.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // The journeys train networks: side by side they would wait for the same cores.
  workers: 1,
  // A test that only passes at the second try is a failing test.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  use: {
    locale: 'en-US',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findBrowser(process),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
        ...(isRootOnLinux() ? ['--no-sandbox'] : []),
      ],
    },
  },
  projects: [
    { name: 'browser', testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', testMatch: '**/*.electron.spec.ts' },
  ],
});
