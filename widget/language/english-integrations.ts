/** What the screens say of set-ups of flows. */
export const englishIntegrations = {
  none: 'Not set up yet.',
  setUp: 'Set up',
  add: 'Add another',
  addOf: (flow: string) => `Add another: ${flow}`,
  setUpOf: (flow: string) => `Set up: ${flow}`,
  addTitle: (flow: string) => `Set up “${flow}”`,
  addYes: 'Set up',
  addHint: 'It is off until you turn it on.',
  name: 'Name',
  nameHint: 'How the log, the alerts and the shelf call it.',
  account: (role: string) => `Account: ${role}`,
  chooseAccount: 'Choose an account',
  onlyAccount: (role: string, account: string) => `${role}: ${account}`,
  noAccount: (role: string) => `${role}: no account is connected yet.`,
  edit: 'Name and accounts',
  editOf: (name: string) => `Name and accounts of ${name}`,
  editTitle: (name: string) => `Name and accounts of “${name}”`,
  save: 'Save',
  copy: 'Copy',
  copyOf: (name: string) => `Copy ${name}`,
  copied: (name: string) => `“${name}” is set up the same way. It is off.`,
  remove: 'Delete',
  removeOf: (name: string) => `Delete ${name}`,
  removeTitle: (name: string) => `Delete “${name}”?`,
  ends: 'It does nothing any more, and cannot be brought back.',
  links: (count: string, one: boolean) =>
    one
      ? 'Its one pair of linked records is forgotten; both records stay where they are.'
      : `Its ${count} pairs of linked records are forgotten; the records stay where they are.`,
  waiting: (count: string, one: boolean) =>
    one ? 'One run that waits is not done.' : `${count} runs that wait are not done.`,
  shelved: (count: string, one: boolean) =>
    one ? 'What was set aside, one item, is given up.' : `What was set aside, ${count} items, is given up.`,
  stays: (runs: string, one: boolean) => `The log stays, with its name: ${runs} ${one ? 'run' : 'runs'}.`,
};
