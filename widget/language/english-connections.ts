const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The texts about connections. */
export const englishConnections = {
  title: 'Connections',
  empty: 'No connector is installed.',
  adminChanges: 'Only an admin may change the organisation’s connections.',
  absent: 'Not connected',
  health: {
    unused: 'Connected, not used yet',
    works: 'Works',
    troubled: 'In trouble',
    refuses: 'Refuses',
    reconnect: 'Must be reconnected',
  },
  troubledHint: 'What waits for it is done as soon as it answers as it should.',
  refusesHint:
    'The account is connected, but its last call was refused. It is shown here until one succeeds.',
  reconnectHint: 'What needs it waits, and is done once it is connected again.',
  account: 'Account',
  accountId: (id: string) => `id ${id}`,
  user: 'Connected by',
  dataCentre: 'Data centre',
  since: 'Connected since',
  lastSuccess: 'Last call that succeeded',
  lastFailure: 'Last call that failed',
  never: 'none so far',
  connect: 'Connect',
  addAccount: 'Add an account',
  addOwn: 'Add an account of your own',
  accountAllowed: (account: string) => `Use ${account}`,
  accountToAllow: (account: string) => `Allow it for ${account}`,
  yours: 'Your own: only you use it, and admins see that it is connected.',
  ownOf: (person: string) => `Belongs to ${person}, who alone uses it.`,
  somebody: 'somebody',
  reconnect: 'Reconnect',
  disconnect: 'Disconnect',
  scopes: 'What Liaison may do there, and why',
  wholeAccount: 'The whole account',
  usedBy: 'Used by',
  on: 'on',
  off: 'off',
  key: 'Key',
  changeKey: 'Change the key',
  changeKeyHint: (account: string) =>
    `Paste another key of the same account, ${account}. Flows, links, webhooks and the log stay as they are.`,
  keySave: 'Connect',
  siteMakesKeys: (vendor: string) =>
    `Enter the address, and allow Liaison on the page of ${vendor} that opens: the keys come here by themselves.`,
  typeKeys: 'Type the keys instead',
  madeHint: 'Made for you. Copy it before you connect: it is not shown again.',
  deliverTo: 'Address to enter there',
  deliverHeader: (name: string) => `Send the secret in the header ${name}.`,
  keyChecking: 'Checking…',
  isConnected: (vendor: string) => `${vendor} is connected.`,
  nowConnected: (vendor: string, account: string) =>
    `${vendor} is connected: Liaison now works with the account “${account}”.`,
  looking: 'Looking at what depends on it…',
  disconnecting: {
    title: (vendor: string) => `Disconnect ${vendor}?`,
    flows: (flows: string) => `These flows stop until it is connected again: ${flows}.`,
    nothing: 'No flow or sync that is on uses it.',
    syncs: (syncs: string) => `These syncs stand still until it is connected again: ${syncs}.`,
    links: (count: number, text: string) =>
      `${text} ${count === 1 ? 'linked pair is' : 'linked pairs are'} kept. Connected again to the same account, they go on from there; another account is never taken for it.`,
    webhooks: (count: number, vendor: string) =>
      `${plural(count, 'webhook that Liaison set up is', 'webhooks that Liaison set up are')} taken out at ${vendor}.`,
    waiting: (count: number) =>
      `${plural(count, 'run waits', 'runs wait')} for it already, and would go on waiting.`,
    shown: (vendor: string) => `What ${vendor} says is no longer shown beside records of the CRM.`,
    revoked: (vendor: string) => `The access is ended at ${vendor}, and deleted here.`,
    kept: (account: string) =>
      `The access stays: other applications go on with the same consent of ${account}.`,
    deleted: (vendor: string) =>
      `The access is deleted here. ${vendor} has no way to end it from outside: delete it there too.`,
    keeps: 'Records on both sides, settings and the log are kept.',
  },
  reconnecting: {
    title: (vendor: string) => `Reconnect ${vendor}?`,
    how: (vendor: string) => `You go to ${vendor}, allow Liaison again, and come back here.`,
    same: (account: string) =>
      `It must be the same account, ${account}. Another one is added as an account of its own.`,
    flows: (flows: string) => `These flows go on: ${flows}.`,
    syncs: (syncs: string) => `These syncs look at once for what changed meanwhile: ${syncs}.`,
    links: (count: number, text: string) =>
      `${text} ${count === 1 ? 'linked pair stays' : 'linked pairs stay'} linked.`,
    webhooks: (count: number) => `${plural(count, 'webhook stays', 'webhooks stay')} in place.`,
    waiting: (count: number) =>
      `${plural(count, 'run that waits for it is', 'runs that wait for it are')} taken up again.`,
    keeps: 'What is done already is not done again; settings and the log stay as they are.',
    yes: (vendor: string) => `Go to ${vendor}`,
  },
};
