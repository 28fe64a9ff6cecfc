const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The texts about webhooks out, in English. */
export const englishReceivers = {
  title: 'Webhooks out',
  intro:
    'Any application can be told what Liaison does: a lead created, a deal won, a payment booked, a run that failed. What is sent is signed (Standard Webhooks), tried again for 27 hours where it is not taken, and stands in a log. Events may come in another order, and now and then twice with the same id.',
  adminOnly: 'An admin sets webhooks up.',
  all: 'Addresses',
  none: 'No application is told anything yet.',
  add: 'Add an address',
  kind: 'Of what',
  kinds: {
    any: 'Any application',
    flow: 'A flow of Zoho Flow',
    social: 'Zoho Social, through Zoho Flow',
  },
  kindHints: {
    any: 'Enter the address that the application gives for incoming webhooks.',
    flow: 'In Zoho Flow, create a flow that begins with “Webhook”, choose JSON, and copy its address here. Flow does not verify signatures: whoever has the address can begin the flow, so keep it to yourself.',
    social:
      'Zoho Social offers no API to other programs. In Zoho Flow, create a flow that begins with “Webhook”, add the action of Zoho Social that prepares a post, and copy the address of the webhook here.',
  },
  address: 'Address',
  description: 'What it is for',
  facts: 'What it is told of',
  integrations: 'Of which integrations',
  everyIntegration: 'All of them, also those that are added later',
  someIntegrations: 'Only these',
  fields: {
    url: 'Address',
    description: 'What it is for',
    facts: 'What it is told of',
    integrations: 'Of which integrations',
  } as Readonly<Record<string, string>>,
  addButton: 'Add',
  adding: 'Adding…',
  save: 'Save',
  secret: {
    title: 'The secret',
    once: (url: string) =>
      `What is sent to ${url} is signed with this secret. Copy it now: it is not shown again.`,
    verify:
      'Give it to the application that receives: with a library of Standard Webhooks it verifies each delivery in one line.',
    done: 'I have copied it',
  },
  byApplication: (application: string) =>
    `${application} asked for it by itself, and removes it when it is not needed any more. See Connections.`,
  named: (what: string, name: string) => `${what}: ${name}`,
  test: 'Send a test',
  tested: 'On its way. What was answered stands in the log.',
  pause: 'Pause',
  goOn: 'Turn on',
  change: 'Change',
  rotate: 'New secret',
  rotateTitle: 'Make a new secret?',
  rotateBody:
    'The new secret is shown once. For 24 hours both sign what is sent, so that nothing is refused while you change it in the application.',
  rotateYes: 'Make a new secret',
  remove: 'Remove',
  removeTitle: 'Remove this address?',
  removeBody: (url: string) =>
    `Nothing more is sent to ${url}. What waits is not sent, and its log is forgotten.`,
  states: {
    active: 'On.',
    paused: 'Paused: what happens waits.',
    failed: 'Stopped: nothing was taken for five days.',
    ended: 'Stopped: the application wants nothing more (410).',
  },
  waiting: (count: number) => `${plural(count, 'waits', 'wait')}.`,
  failed: (count: number) => `${plural(count, 'was not taken', 'were not taken')}.`,
  lastTaken: 'Last taken',
  twoSecrets: 'Two secrets sign until',
  ofSome: (count: number) => plural(count, 'integration', 'integrations'),
  log: {
    open: 'Log',
    back: 'All webhooks',
    title: 'Log of a webhook address',
    intro:
      'Newest first, for as long as the log is kept. Sent again, an event has the same id: an application that knows it already does nothing twice.',
    show: 'Show',
    states: { all: 'All', waiting: 'Waits', done: 'Taken', failed: 'Not taken' },
    none: 'Nothing of this kind was sent.',
    tries: (count: number) => (count === 0 ? 'not tried yet' : `tried ${plural(count, 'time', 'times')}`),
    answered: (status: number) => `answered ${status}`,
    next: 'next try',
    again: 'Send again',
    againOf: (what: string) => `Send again: ${what}`,
    details: 'What is sent',
    itsAnswer: 'What was answered',
    since: 'Not taken within the last',
    days: (count: number) => plural(count, 'day', 'days'),
    allAgain: 'Send them again',
    sentAgain: (count: number) => `${plural(count, 'event goes', 'events go')} out again.`,
    newer: 'Newer',
    older: 'Older',
  },
};
