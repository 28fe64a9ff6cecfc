const { version: platformVersion } = require('zapier-platform-core');
const { version } = require('./package.json');
const { authentication } = require('./authentication');
const { signRequest } = require('./sign-request');
const { explainRefusal } = require('./explain-refusal');
const { hooks } = require('./triggers/hooks');
const { choices } = require('./triggers/choices');
const { handRecord } = require('./creates/hand-record');
const { startIntegration } = require('./creates/start-integration');
const { postMessage } = require('./creates/post-message');
const { findPerson } = require('./searches/find-person');
const { findRun } = require('./searches/find-run');

const byKey = (all) => Object.fromEntries(all.map((one) => [one.key, one]));

module.exports = {
  version,
  platformVersion,
  authentication,
  beforeRequest: [signRequest],
  afterResponse: [explainRefusal],
  // What is left blank in a Zap is not sent as an empty text.
  flags: { cleanInputData: true },
  triggers: byKey([...hooks, ...choices]),
  creates: byKey([handRecord, startIntegration, postMessage]),
  searches: byKey([findPerson, findRun]),
};
