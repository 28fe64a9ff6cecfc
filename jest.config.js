import { availableParallelism } from 'node:os';

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
  testMatch: ['<rootDir>/{server,sandbox,widget,outlook,test}/**/*.test.{ts,tsx}'],
  globalSetup: '<rootDir>/test/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/test/postgres/global-teardown.ts',
  // Longer than anything is waited for within a test, which says better what was missing.
  testTimeout: 90_000,
  // Suites that start servers wait more than they work: one process more than there are cores. Two for each core were
  // a tenth faster, and made what is held within seconds late.
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/test/longest-first.mjs',
};
