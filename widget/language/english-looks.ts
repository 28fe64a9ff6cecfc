/** The texts about what webhooks lost, in English. */
export const englishLooks = {
  last: 'Last look for what no webhook announced:',
  lastPoll: 'Last read:',
  nonePoll: 'Not read yet.',
  none: 'What no webhook announced was not looked for yet.',
  found: (count: number) =>
    count === 0
      ? 'never found anything'
      : count === 1
        ? 'one event found without its webhook'
        : `${count} events found without their webhook`,
  lastFound: 'last',
  missing: (count: number) =>
    count === 1
      ? 'Webhooks do not arrive: one event had to be found by looking since the last one that did.'
      : `Webhooks do not arrive: ${count} events had to be found by looking since the last one that did.`,
  failed: 'The last look failed:',
};
