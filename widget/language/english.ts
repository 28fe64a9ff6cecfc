import { englishAccesses } from './english-accesses.ts';
import { englishAlerts } from './english-alerts.ts';
import { englishCatalogue } from './english-catalogue.ts';
import { englishConnections } from './english-connections.ts';
import { englishDocuments } from './english-documents.ts';
import { englishIntegrations } from './english-integrations.ts';
import { englishList } from './english-list.ts';
import { englishLooks } from './english-looks.ts';
import { englishMail } from './english-mail.ts';
import { englishMoney } from './english-money.ts';
import { englishPersons } from './english-persons.ts';
import { englishReceivers } from './english-receivers.ts';
import { englishRecord } from './english-record.ts';
import { englishSetup } from './english-setup.ts';
import { englishStart } from './english-start.ts';
import { englishSyncs } from './english-syncs.ts';
import { englishTries } from './english-tries.ts';
import { englishWhy } from './english-why.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Every text of the pages, in English. French is typed by this one: a missing key does not compile. */
export const english = {
  shell: {
    skip: 'Skip to content',
    screens: 'Screens',
    log: 'Log',
    flows: 'Flows',
    syncs: 'Syncs',
    connections: 'Connections',
    language: 'Language',
    loading: 'Loading…',
    sandbox: 'Sandbox: nothing leaves this machine.',
    sandboxLabel: 'Sandbox',
    playScenario: 'Play a scenario',
    notFound: 'This page does not exist.',
  },
  problem: {
    offlineTitle: 'No answer from Liaison',
    offline: 'The server did not answer.',
    offlineAction: 'Check that it runs and that you are online.',
    unreadable: 'The answer could not be understood.',
    retry: 'Try again',
    vendorSays: 'In the vendor’s own words:',
    field: 'Field:',
  },
  signIn: {
    title: 'Sign in to Liaison',
    why: 'With your Zoho account, in a small window. Liaison learns who you are and what you may see, and keeps no password.',
    button: 'Sign in with Zoho',
    other: 'Choose another account',
    waiting: 'Go on in the window that opened.',
    again: 'Try again',
    out: 'Sign out',
    reasons: {
      ended: 'You are signed out. Sign in to go on.',
      blocked: 'Your browser blocked the window. Allow pop-ups for this page, then press the button again.',
      closed: 'The window was closed before you were signed in.',
      refused: 'You were not signed in. The window says why.',
      otherOrganisation:
        'You are signed in to another organisation. Choose the account of this one to see its data.',
      offline: 'Liaison did not answer. Check that you are online, then try again.',
    },
  },
  live: {
    connecting: 'Connecting…',
    live: 'Live',
    liveHint: 'Runs appear here as they happen.',
    lost: 'Not live: reconnecting…',
  },
  states: {
    waiting: 'Waiting',
    running: 'Running',
    done: 'Done',
    skipped: 'Nothing to do',
    shelved: 'Failed',
    superseded: 'Superseded',
    retrying: 'Waiting',
  },
  log: {
    title: 'Log',
    filters: 'Filters',
    keeping: {
      title: (days: number) => `What was sent and answered is kept for ${plural(days, 'day', 'days')}`,
      days: 'Days to keep it (1 to 365)',
      save: 'Save',
      saved: 'Saved.',
      follows:
        'After these days nobody can read what was sent and answered. The lines of the log stay, repeated events still have no second effect, and what waits or was set aside keeps what it needs to be retried.',
    },
    states: 'State',
    anyState: 'All',
    flow: 'Flow',
    anyFlow: 'All flows',
    record: 'Record',
    recordHint: 'Name or id',
    period: 'When',
    periods: {
      any: 'At any time',
      hour: 'Last hour',
      today: 'Today',
      week: 'Last 7 days',
      month: 'Last 30 days',
      custom: 'From … to …',
    },
    from: 'From',
    to: 'To',
    clear: 'Clear filters',
    runs: 'Runs',
    more: 'Load more',
    loadingMore: 'Loading…',
    end: 'No earlier runs.',
    empty: 'Nothing has happened yet',
    emptySandbox: 'Play a scenario in the sandbox, and watch its run appear here.',
    emptyProduction: 'As soon as a flow has something to do, its run appears here.',
    noMatch: 'No run matches these filters',
    attempts: (count: number) => plural(count, 'failure', 'failures'),
    nextAttempt: (time: string) => `It will be tried again at ${time}.`,
    appeared: (count: number) => `${plural(count, 'run has', 'runs have')} appeared or changed.`,
    replayAll: (count: string) => `Replay all failed (${count})`,
    replayAllTitle: (count: number) => `Replay ${plural(count, 'failed run', 'failed runs')}?`,
    replayAllBody:
      'Each one is taken up again from the step that failed. What already succeeded is not repeated.',
    replayAllFiltered: 'Only the runs under the current filters are replayed.',
    replayAllYes: 'Replay',
    replayedAll: (count: number) => `${plural(count, 'run is', 'runs are')} taken up again.`,
  },
  run: {
    close: 'Close the run',
    back: 'Back to the list',
    started: 'Started',
    created: 'Received',
    took: 'Took',
    id: 'Run',
    recordIn: (id: string) => `Record ${id}`,
    open: 'Open the record',
    steps: 'Steps',
    noSteps: 'No step has begun.',
    dropped: (days: number) =>
      `What was sent and answered was dropped after ${plural(days, 'day', 'days')}, as your organisation chose.`,
    event: 'What caused it',
    delivery: 'Received',
    eventFrom: (topic: string, connector: string) => `${topic} from ${connector}`,
    joined: (count: number) =>
      `${plural(count, 'further event', 'further events')} of the same record joined it.`,
    error: 'What went wrong',
    replay: 'Replay',
    tryNow: 'Try now',
    replayHint: 'Takes it up again from the step that failed.',
    replaying: 'Replaying…',
    replayed: 'Taken up again.',
    succeededAfterReplay: 'It succeeded this time.',
    failedAfterReplay: 'It failed again.',
    adminReplays: 'An admin can replay this run.',
    notReplayed: {
      done: 'It succeeded: there is nothing to replay.',
      skipped: 'It had nothing to do: there is nothing to replay.',
      superseded: 'A later run of the same record took its place.',
      running: 'It is at work.',
      waiting: 'It is about to begin.',
    },
  },
  step: {
    read: 'Read',
    write: 'Write',
    notStarted: 'Not started',
    sending: 'Under way',
    done: 'Done',
    found: 'Already there, nothing was made',
    failed: 'Failed',
    attempts: (count: number) => plural(count, 'attempt', 'attempts'),
    exchanges: (count: number) => plural(count, 'request', 'requests'),
    sent: 'Sent',
    answered: 'Answered',
    noAnswer: 'No answer',
    empty: 'empty',
    kinds: { JSON: 'JSON', form: 'form', text: 'text' },
    hidden: 'Secrets are hidden.',
  },
  /** What a button does, for whoever does not see what it stands beside. */
  doneTo: (what: string, thing: string) => `${what}: ${thing}`,
  copy: { copy: 'Copy', copied: 'Copied', failed: 'Could not copy' },
  flows: {
    title: 'Flows',
    on: 'On',
    off: 'Off',
    automation: 'Automation',
    sync: 'Sync',
    native: 'Zoho already offers this:',
    frequency: 'When:',
    looks: englishLooks,
    documentation: 'Documentation',
    openSync: 'Open the sync',
    mapping: 'Mapping and masters',
    steps: 'What it does',
    settings: 'Settings',
    noSettings: 'Nothing to set.',
    save: 'Save',
    saving: 'Saving…',
    saved: 'Saved.',
    undo: 'Discard changes',
    missing: (connectors: string) => `Needs a connection: ${connectors}.`,
    connect: 'Connect',
    runs: 'Its runs',
    adminChanges: 'Only an admin may change flows.',
    connected: 'connected',
    notConnected: 'not connected',
    required: 'Fill this in.',
    notNumber: 'A number.',
    tooLong: (most: string) => `At most ${most} characters.`,
    notWhole: 'A whole number.',
    least: (least: string) => `At least ${least}.`,
    most: (most: string) => `At most ${most}.`,
    preview: {
      title: 'Preview',
      making: 'Making it…',
      none: 'It cannot be shown now.',
    },
    columns: {
      header: 'Column of the sheet',
      field: 'Field that it fills',
      actions: 'Remove',
      headerOf: (row: number) => `Column, row ${row}`,
      sourceOf: (source: string, row: number) => `${source}, row ${row}`,
      fieldOf: (row: number) => `Field, row ${row}`,
      remove: (name: string) => `Remove ${name}`,
      add: 'Add a column',
      addSource: 'Add a row',
      unused: 'Columns that fill nothing:',
      unusedSources: 'Not chosen here:',
      unfinished: 'Choose a column and a field in each row, or remove the row.',
    },
    types: {
      header: 'Column of the sheet',
      field: 'What it holds',
      actions: 'Remove',
      headerOf: (row: number) => `Column, row ${row}`,
      fieldOf: (row: number) => `What it holds, row ${row}`,
      remove: (name: string) => `Remove ${name}`,
      add: 'Add a column',
      unused: 'Columns that are not sent:',
      unfinished: 'Choose a column and what it holds in each row, or remove the row.',
    },
    properties: {
      header: 'Property of the page',
      field: 'Field that it takes',
      actions: 'Remove',
      headerOf: (row: number) => `Property, row ${row}`,
      fieldOf: (row: number) => `Field, row ${row}`,
      remove: (name: string) => `Remove ${name}`,
      add: 'Add a property',
      unused: 'Properties that take nothing:',
      unfinished: 'Choose a property and a field in each row, or remove the row.',
    },
    start: {
      title: (flow: string) => `Turn on “${flow}”?`,
      yes: 'Turn on',
    },
    offers: {
      looking: 'Looking at what there is…',
      none: 'Nothing like this was found. What you type is checked when you save.',
      unknown: 'What there is could not be asked. What you type is checked when you save.',
    },
    empty: 'No flow is installed.',
    integrations: englishIntegrations,
  },
  drafts: {
    title: 'Changed meanwhile',
    told: 'Somebody else saved, while this form was open, and it holds here too:',
    contested: 'Somebody else saved another value of what you changed. Choose which one holds:',
    mine: 'Yours',
    theirs: 'Saved meanwhile',
    keep: { mine: 'Keep mine', theirs: 'Take what was saved' },
    chooseFirst: 'Choose first what holds of what was changed meanwhile.',
    removed: 'removed',
    onThisPage: 'As it stands on this page',
    everyRecord: 'Every record takes part',
  },
  leaving: {
    title: 'Leave without saving?',
    body: 'What you changed on this page is not saved yet.',
    leave: 'Leave without saving',
    stay: 'Stay here',
  },
  tries: englishTries,
  catalogue: englishCatalogue,
  list: englishList,
  setup: englishSetup,
  connections: englishConnections,
  syncs: englishSyncs,
  documents: englishDocuments,
  persons: englishPersons,
  receivers: englishReceivers,
  mail: englishMail,
  record: englishRecord,
  accesses: englishAccesses,
  alerts: englishAlerts,
  money: englishMoney,
  start: englishStart,
  why: englishWhy,
  dialog: { cancel: 'Cancel' },
};

type Widened<T> = {
  [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...args: never[]) => string
      ? T[Key]
      : Widened<T[Key]>;
};

/** What every language provides: the same keys, with functions of the same parameters. */
export type Texts = Widened<typeof english>;
