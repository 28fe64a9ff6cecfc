import { availableParallelism, loadavg } from 'node:os';

/** What the machine does already, in cores. Nothing where the system does not say (Windows). */
const [busyCores = 0] = loadavg();

/** Tests run as native ES modules; swc only strips the types. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
  testMatch: ['<rootDir>/{server,sandbox,widget,test}/**/*.test.{ts,tsx}'],
  globalSetup: '<rootDir>/test/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/test/postgres/global-teardown.ts',
  // Longer than anything is waited for within a test, which says better what was missing.
  testTimeout: 90_000,
  // A suite works half of its time and waits for servers, pages and clocks in the other: two for each core keep a
  // machine at work that does nothing else. Where others work too, more at once would only make each of them late.
  maxWorkers: busyCores <= availableParallelism() ? 2 * availableParallelism() : availableParallelism() + 1,
  testSequencer: '<rootDir>/test/longest-first.mjs',
};
