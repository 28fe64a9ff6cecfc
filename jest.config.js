import { availableParallelism } from 'node:os';

/** Tests are modules that Node itself imports, types and all. */
export default {
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/realm/run-in-own-realm.ts',
  transform: {},
  testMatch: ['<rootDir>/{server,sandbox,widget,outlook,test}/**/*.test.{ts,tsx}'],
  globalSetup: '<rootDir>/test/postgres/global-setup.ts',
  globalTeardown: '<rootDir>/test/postgres/global-teardown.ts',
  // Longer than anything is waited for within a test, which says better what was missing.
  testTimeout: 90_000,
  // Suites that start servers wait more than they work: two processes more than there are cores.
  maxWorkers: availableParallelism() + 2,
  testSequencer: '<rootDir>/test/longest-first.mjs',
};
