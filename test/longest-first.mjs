import Sequencer from '@jest/test-sequencer';

/** Suites that take longest of all, the longest first: whichever is begun last runs on alone. */
const LONGEST = [
  'system/three-outlooks-two-googles',
  'browser/set-up',
  'browser/set-up-steps',
  'system/try-equals-run',
  'system/sweeps',
  'orders/sequences.property',
  'sync/outlook-calendar.property',
  'system/lost-webhooks',
  'browser/syncs',
  'system/try-in-trouble',
  'system/webhooks-taken-away',
  'system/shop-orders',
].map((name) => `/test/${name}.test.ts`);
/** Suites that start whole servers or a browser take longer than the others. */
const LONG = /\/test\/(system|browser|security)\//;

function rank({ path, duration }) {
  if (duration !== undefined) return LONGEST.length + 1;
  const place = LONGEST.findIndex((end) => path.endsWith(end));
  if (place >= 0) return place;
  return LONG.test(path) ? LONGEST.length : LONGEST.length + 1;
}

/** Jest's own order, by how long suites took before; but where it knows of no run, those that take longest first. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}
