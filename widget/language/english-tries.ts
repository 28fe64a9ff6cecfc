/** The texts of tries. */
export const englishTries = {
  title: 'Try it',
  what: 'On a real record: what is read is real, and nothing is written.',
  find: 'Name, or part of it',
  latest: 'Records that fit, the latest first',
  looking: 'Looking for records…',
  noRecords: 'No record fits yet.',
  tryOn: (record: string) => `Try on ${record}`,
  playing: (record: string) => `Trying it on “${record}”…`,
  cancel: 'Stop the try',
  resultOf: (record: string) => `What a run would do for “${record}”`,
  read: 'reads',
  write: 'would write',
  there: 'is there already',
  failed: 'stops here',
  wouldSay: (summary: string) => `The log would then say: ${summary}`,
  unsaved: 'It is tried with what stands in the form, which is not saved yet.',
  filledIn: 'known only in a run',
  standing: (count: number) =>
    `${count} ${count === 1 ? 'row stands' : 'rows stand'} in the source now. Turning it on asks whether they are taken, too.`,
};
