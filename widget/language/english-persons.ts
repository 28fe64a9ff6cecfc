import type { Person } from '../../server/api/contract.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

type State = Person['state'];
type PersonalState = Person['integrations'][number]['state'];

const states: Record<State, string> = {
  unasked: 'Not asked yet',
  asked: 'Asked',
  declined: 'Does not take part',
  joining: 'Said yes, account still to be connected',
  'taking-part': 'Takes part',
  left: 'Left the company',
};

const personal: Record<PersonalState, string> = {
  'in-sync': 'In sync',
  working: 'Beginning…',
  look: 'A preview waits',
  paused: 'Paused',
  stopped: 'Stopped',
  reconnect: 'Must be reconnected',
  trouble: 'Cannot go on',
};

/** The texts about what persons have of their own, in English. */
export const englishPersons = {
  title: 'Persons',
  intro: 'What an admin prepares and each person has with an account of their own.',
  ask: (what: string) =>
    `Your admin has prepared ${what} for you: connect your account, and the rest runs by itself.`,
  joining: 'Go on in the tab that opened. What you agreed to begins as soon as your account is connected.',
  connect: 'Connect',
  connectHint: 'opens in a new tab',
  start: 'Start',
  notNow: 'Not now',
  own: {
    title: 'Mine',
    none: 'You have nothing of your own here.',
    offered: 'Prepared for you:',
    pause: 'Pause',
    resume: 'Continue',
    look: 'Look at the preview',
    open: 'Open',
    reconnect: 'Connect again',
    end: 'End mine…',
    endTitle: 'End what is yours?',
    endBody:
      'Nothing is carried over any more, and Liaison gives up its access to your account. Your contacts and meetings stay where they are, on both sides.',
    endYes: 'End mine',
  },
  states,
  personal,
  writes: (count: number) => `${plural(count, 'record', 'records')} would be written`,
  table: {
    title: 'Who takes part',
    caption: 'Everybody who is active in the CRM',
    person: 'Person',
    state: 'State',
    what: 'What they have',
    actions: 'Actions',
    none: 'Nobody is known yet.',
    nothing: '—',
    again: 'Ask again',
    againOf: (name: string) => `Ask again: ${name}`,
    asked: (name: string) => `${name} is asked beside the next record that they open.`,
    end: 'End…',
    endOf: (name: string) => `End… ${name}`,
    endTitle: (name: string) => `End what ${name} has?`,
    endBody:
      'Nothing is carried over for them any more, and Liaison gives up its access to their account. Their records stay where they are, on both sides.',
    endYes: 'End it',
    summary: (part: number, reconnect: number, unasked: number) =>
      `${part} take part · ${reconnect} must reconnect · ${unasked} not asked yet`,
  },
  templates: {
    title: 'Templates',
    intro:
      'A template says how a sync works for everybody who takes part. Each person brings their own account; in the CRM only the records that they own take part.',
    none: 'Nothing is prepared yet.',
    add: 'Prepare a template',
    flow: 'Of',
    from: 'Beginning with the settings of',
    fromFlow: 'the flow itself',
    open: 'Persons are asked',
    closed: 'Nobody is asked',
    switchOf: (name: string) => `Ask persons to take part in ${name}`,
    persons: (count: number) =>
      count === 0
        ? 'Nobody takes part yet.'
        : count === 1
          ? 'One person takes part.'
          : `${count} persons take part.`,
    account: (vendor: string) => `Each person connects an account of ${vendor}.`,
    shared: (account: string) => `All of them share ${account}.`,
    absent: 'The organisation’s account is not connected. Connect it under Connections.',
    edit: 'Rules',
    create: (side: string) => `Make new records in ${side}`,
    remove: (side: string) => `What is deleted on the other side is deleted in ${side}, too`,
    wins: 'Where both sides changed, this side wins',
    mixed: 'as each field says',
    approves: 'Records that the first write may touch without the person having looked',
    approvesHint: 'Above it, the person looks at the preview first. 0: always.',
    save: 'Save for everybody',
    saved: 'Saved. Everybody’s goes by it from its next turn on.',
    reset: 'Undo changes',
    delete: 'Delete…',
    deleteOf: (name: string) => `Delete… ${name}`,
    deleteTitle: (name: string) => `Delete the template ${name}?`,
    deleteBody: (count: number) =>
      count === 0
        ? 'Nobody takes part. Nothing else ends.'
        : `${count === 1 ? 'One person’s integration ends' : `The integrations of ${count} persons end`}. Their records stay where they are.`,
    deleteYes: 'Delete the template',
  },
};
