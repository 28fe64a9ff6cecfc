import Sequencer from '@jest/test-sequencer';

/** Suites that start whole servers or a browser take longest. Begun last, they would run on alone. */
const LONGEST = /\/test\/(system|browser|security)\//;

/** Jest's own order, by how long suites took before; but where it knows of no run, those that take longest first. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const rank = ({ path, duration }) => (duration === undefined && LONGEST.test(path) ? 0 : 1);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
