const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The texts about other applications that people let act in Liaison, in English. */
export const englishAccesses = {
  title: 'Applications that were let in',
  intro:
    'What an admin let other applications do in Liaison, in their name. It ends by itself when that person leaves, or is an admin no longer.',
  none: 'None so far. In Zapier, choose Liaison and connect an account: you are asked here what it may do.',
  named: (application: string, person: string) => `${application}, in the name of ${person}`,
  since: 'Allowed since',
  used: 'Last renewed',
  hooks: 'Is told of events',
  noHooks: 'at no address',
  someHooks: (count: number) => `at ${plural(count, 'address', 'addresses')}`,
  may: 'What it may do here',
  mayNothing: 'Nothing any more: it has to ask anew.',
  end: 'End it',
  endTitle: (application: string) => `End what ${application} may do?`,
  endBody: (application: string, person: string) =>
    `From this moment ${application} can do nothing more in the name of ${person}. What it did stays. It can ask again, and an admin can allow it again.`,
  endHooks: (count: number) =>
    `${plural(count, 'address', 'addresses')} of it will be told nothing more, and what stands there in its log is forgotten.`,
};
