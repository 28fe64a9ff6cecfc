import type { z } from 'zod';
import type { Connector } from './connector.ts';
import type { Fact } from './facts/facts.ts';
import type { Subject } from './filter/compare.ts';
import type { FilterField, FilterPlace, KeptFilter, Takes } from './filter/filter.ts';
import type { Label } from './label.ts';
import type { Purpose } from './purpose.ts';
import { type RoleDeclaration, roleOf } from './roles.ts';
import type { Sentence } from './sentence.ts';
import type { FlowTrial } from './trial.ts';

/** An event as a flow sees it: verified, stored, and of one record. */
export interface FlowEvent {
  readonly id: string;
  readonly connector: string;
  readonly topic: string;
  readonly recordId: string | null;
  /** The delivery's body, parsed. A hint: fetch the record where truth or order is in doubt. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly receivedAt: Date;
}

/** A file that came with an event. Whoever sent it chose its name and its type. */
export interface CameFile {
  readonly id: string;
  /** The question that it answers. */
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
}

/** A record, as the log names it. */
export interface RecordRef {
  /** `zohoCrm.deals` */
  readonly object: string;
  readonly id: string;
}

export type StepDeclaration = {
  readonly titles: Sentence;
  /** What the step does to the vendor; a write also says how a repeated one is recognised. */
  readonly effect: 'read' | WriteRecognition;
} & (
  | { readonly connector: string; readonly role?: undefined }
  /** A role that accounts of several connectors can take. */
  | { readonly role: string; readonly connector?: undefined }
);

/** Stands between the name of a step and what it was done for, in a run that does it for several things. */
export const STEP_ITEM = ' ';

/** The declared name of a step that a run may have done for one of several things. */
export const declaredName = (step: string): string => step.split(STEP_ITEM, 1)[0] ?? step;

/**
 * How a write whose outcome is unknown is recognised, in order of preference: the vendor drops repeats
 * of an idempotency key; the write itself is keyed (upsert, update by id), so a repeat changes nothing;
 * or Liaison looks for what it may have made before it makes it again.
 */
export type WriteRecognition = 'idempotency-key' | 'keyed' | 'lookup';

export interface EventTrigger<Settings = unknown> {
  readonly kind: 'event';
  readonly connector: string;
  readonly topics: readonly string[];
  /** What is subscribed to instead of the topics, where that depends on the settings. */
  listensTo?(settings: Settings): readonly string[];
  /** Where the topics are not the same for every integration: which begin one of these settings. */
  topicsOf?(settings: Settings): readonly string[];
  /**
   * Where an integration has a filter: what else begins a run of it, so that a record that did not fit is taken once it
   * does. What no webhook announced is looked for under these topics too, where the filter waits for the record.
   */
  editTopicsOf?(settings: Settings): readonly string[];
  /** Whether a topic may begin some integration of the flow; absent: those that are named may. */
  mayBeginBy?(topic: string): boolean;
  /**
   * The record whose events must be handled in order, from the payload alone (no I/O); null when the
   * event is none of this flow's business.
   */
  record(event: FlowEvent): RecordRef | null;
  /** Whether an event is certainly about nothing that these settings follow, by the cursor of their last look. */
  isElsewhere?(event: Pick<FlowEvent, 'recordId'>, settings: Settings, cursor: unknown): boolean;
  /** Waiting events of one record become one run: right where the run fetches the record anyway. */
  readonly coalesce: boolean;
  /** How what no webhook announced is found. */
  readonly sweep: Sweep<Settings>;
  /** How long before an integration was turned on, in milliseconds, its events are taken, too. Absent: not at all. */
  reachMs?(settings: Settings): number;
}

/**
 * Looks at the vendor, again and again, for what should have been delivered: a webhook may be lost on its way,
 * or go to a server that is no more. What one look costs does not depend on how many records there are.
 */
export interface Sweep<Settings> {
  /** Seconds between two looks. */
  readonly everySeconds: number;
  /**
   * How something found is told from something delivered. `event`: the vendor numbers its events, and a found
   * one's key is that number. `record`: deliveries carry no number, so an event of the record that came after
   * it happened tells of it.
   */
  readonly recognisedBy: 'event' | 'record';
  /** Fails with `cursor-lost` for a cursor that is no good: the next look starts when the flow was turned on. */
  look(source: SweepSource<Settings>): Promise<SweepResult>;
}

export interface SweepSource<Settings> {
  readonly client: ClientOf;
  readonly settings: Settings;
  /** As the look before left it; null for the first one. */
  readonly cursor: unknown;
  /** How long the flow has been on, in milliseconds: what happened before is none of its business. */
  readonly onForMs: number;
  /** What is younger than this, in milliseconds, is left to the next look: its webhook may be on its way. */
  readonly graceMs: number;
  /** Which records the integration's filter waits for, until they fit; null: it has no filter. */
  readonly awaits: Awaits | null;
}

/** What is remembered of records that did not fit a filter yet. */
export interface Awaits {
  /** Whether any record is waited for. */
  any(): Promise<boolean>;
  /** Those of these records that are waited for, by their ids. */
  among(recordIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/**
 * The second in which a flow was turned on, in epoch milliseconds by the vendor's clock, which tells whole seconds
 * only: where in doubt the later one, so that nothing older is taken for new.
 */
export const turnedOnAt = (vendorNow: number, onForMs: number): number =>
  Math.floor((vendorNow + 1_000 - onForMs) / 1_000) * 1_000;

export interface SweepResult {
  /** Oldest first. Something found twice changes nothing. */
  readonly events: readonly FoundEvent[];
  /** Stored in the transaction that stores the events. */
  readonly cursor: unknown;
  /** There is more to be read at once. */
  readonly more?: boolean;
}

export interface FoundEvent {
  /** The same at every look. */
  readonly key: string;
  /** One of the trigger's. */
  readonly topic: string;
  readonly recordId: string | null;
  readonly body: Record<string, unknown>;
  /** How long ago it happened, in milliseconds, by the vendor's own clock. */
  readonly ageMs: number;
  /** The vendor announces nothing of the kind, or cannot be told to have: that it was found by looking is no loss. */
  readonly isUnannounced?: true;
}

/**
 * Begun by what happens at the account that took a role, whichever connector it is of: which events tell of it, and how
 * those that no webhook announced are found, is in the connector's offer.
 */
export interface OfferedTrigger {
  readonly kind: 'offered';
  /** A role that asks for orders, tickets, forms, chats or payments; of payments, what goes wrong with them. */
  readonly role: string;
  /** The setting that names which one of the account's things it is about (a form); absent: all that its offer tells of. */
  readonly about?: string;
  /** Whether what is answered to such a thing begins a run, too. Absent: never. */
  hearsAnswers?(settings: unknown): boolean;
  /** How long before it was turned on, in milliseconds, its events are taken, too. Absent: not at all. */
  reachMs?(settings: unknown): number;
  /** Whether the settings ask for it. Absent: always. */
  isWanted?(settings: unknown): boolean;
}

/** A source that announces nothing: read on a schedule, from a cursor. */
export interface PollTrigger<Settings> {
  readonly kind: 'poll';
  readonly connector: string;
  everySeconds(settings: Settings): number;
  /** Turning it on begins anew, whatever its last look left: it is for a clock, not for what stands in a source. */
  readonly beginsAnew?: true;
  /** When it acts, where that is not each time that it looks. */
  when?(settings: Settings): Sentence;
  /**
   * Reads what changed since the cursor (null: from the start). The events and the new cursor are
   * stored in one transaction.
   */
  poll(source: PollSource<Settings>): Promise<PollResult>;
  record(event: FlowEvent): RecordRef | null;
}

/**
 * Begun by people, from a page: what they ask for is stored as an event of the integration's own, and nothing is looked
 * for anywhere.
 */
export interface AskedTrigger {
  readonly kind: 'asked';
  /** What people ask for: which flow takes it is told by this. */
  readonly wish: 'log-mail';
  /** At whose account the work is done: the events are told of as its. */
  readonly connector: string;
  /** When it acts, in words. */
  readonly when: Sentence;
  record(event: FlowEvent): RecordRef | null;
}

export interface PollSource<Settings> {
  /** The connection to the polled vendor. */
  readonly client: ClientOf;
  /** The connection to another vendor of the flow, opened when it is asked for. Rejects with a LiaisonError. */
  open<Client>(connector: Connector<Client>): Promise<Client>;
  readonly settings: Settings;
  readonly cursor: unknown;
  readonly organisation: Organisation;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether a run of the integration about this record waits, or is at work. */
  isOpen(recordId: string): Promise<boolean>;
}

/** Something that a polled integration is to see to: its key is kept, so that the same is seen to once. */
export interface OwnEvent {
  readonly key: string;
  readonly recordId: string;
  readonly body: Record<string, unknown>;
}

export interface PollResult {
  readonly events: readonly OwnEvent[];
  readonly cursor: unknown;
}

export type ClientOf = <Client>(connector: Connector<Client>) => Client;

/** The account that an integration uses in a role, whichever connector it is of. */
export interface RoleAccount {
  readonly connector: Connector;
  /** The connector's own. */
  readonly client: unknown;
}
/** By the role's name. Fails with `reconnect` where no account is chosen, or the one that is is not connected. */
export type RoleOf = (role: string) => RoleAccount;

/** What a run is handed. Between steps it may only compute: what it read or wrote comes from steps. */
export interface RunContext<Settings, Step extends string> {
  readonly event: FlowEvent;
  readonly settings: Settings;
  readonly organisation: Organisation;
  /** The organisation's connection to a vendor. Fails with `reconnect` when there is none. */
  readonly client: ClientOf;
  readonly role: RoleOf;
  /** A durable read: its answer is stored, and never asked again in this run. */
  read<T>(step: Step, fetch: () => Promise<T>): Promise<T>;
  /** A durable write: done once, however often the run is taken up again. */
  write<T>(step: Step, write: Write<T>): Promise<T>;
  /**
   * Runs `work` while no other run, in any process, holds the same key. For find-or-create of records
   * that have no key at the vendor.
   */
  exclusively<T>(key: string, work: () => Promise<T>): Promise<T>;
  /**
   * True for the first run of this flow that asks with this identity, false for every other one. For
   * things that may be announced twice under two names (two subscriptions, a manual and a live event).
   */
  once(identity: string): Promise<boolean>;
  /** The record that an earlier run of this flow linked to this one, or null. */
  linked(leftId: string): Promise<string | null>;
  /**
   * The records that this flow linked to it elsewhere: where its events come from another account, so that the same
   * id may be of something else.
   */
  linkedElsewhere(leftId: string): Promise<readonly string[]>;
  /** Remembers for good which record belongs to which: what makes a later edit an update. */
  link(leftId: string, rightId: string): Promise<void>;
  /**
   * The same steps for one of several things that a run does: each is a step of its own, as durable as the
   * others.
   *
   * @param item names the thing, without a space; it must be the same whenever the run is taken up again.
   */
  forItem(item: string): RunContext<Settings, Step>;
  /**
   * Keeps a fact about something that is not there yet, until a run that makes it takes it up. The same key
   * again replaces what it told before.
   */
  keep(fact: EarlyFact): Promise<void>;
  /** What was told too early about any of these, in the order in which it was told. */
  kept(subjects: readonly string[]): Promise<readonly EarlyFact[]>;
  /** Forgets facts that were taken up. */
  forget(facts: readonly EarlyFact[]): Promise<void>;
  /** Says that the run is about this record too: it is told of beside it. Safe to repeat. */
  about(record: RecordRef): Promise<void>;
  /** Topics of all the events that the run answers: of a record that is coalesced, those that joined it, too. */
  topics(): Promise<readonly string[]>;
  /** Which records take part; null: all of them. To be asked before the first effect. */
  readonly filter: RunFilter | null;
  /** Of a flow that polls: begins runs of this same integration, as its look would. Safe to repeat. */
  beginRuns(events: readonly OwnEvent[]): Promise<void>;
  /** Whether the integration is on, asked now: what takes long ends where somebody turned it off. */
  isOn(): Promise<boolean>;
  /**
   * As `once`, for all integrations of the organisation together: for what may come to several of them. A run that ended
   * on the shelf gives it free.
   */
  onceForAll(identity: string): Promise<boolean>;
  /** The files that came with the event, in their order; of one whose age is over none. */
  files(): Promise<readonly CameFile[]>;
  /** A file that came with the event, by its id; null: its age is over. */
  file(id: string): Promise<Uint8Array | null>;
  /** Names the record in the log by something people know it by: a name, or words in both languages. */
  label(label: Label): void;
}

/** The integration's filter, over the record of a run. */
export interface RunFilter {
  readonly takes: Takes;
  /** Whether a record fits, by the calendar of the day on which the run was made, and why. Remembers nothing. */
  judge(subject: Subject): { readonly fits: boolean; readonly why: Sentence };
  /** What is remembered of the run's record: it fitted and was taken, it did not fit yet, or nothing. */
  recall(): Promise<'taken' | 'awaited' | null>;
  /** Remembers, with the end of the run, whether its record fits. */
  remember(fits: boolean): void;
  /** Topics of all the events that the run answers. */
  topics(): Promise<readonly string[]>;
}

/** How an automation's records can be filtered. */
export interface FilterSource<Settings> {
  /** What conditions can be built from, asked now. Rejects with a LiaisonError when the vendor does not answer. */
  fields(source: SettingSource<Settings>): Promise<readonly FilterField[]>;
  /** Whether a record may come again and again, so that once or each time is to be chosen. Absent: it may not. */
  again?(settings: Settings): boolean;
  /** How many of the vendor's records fit now. Absent: they cannot be counted. */
  count?(source: SettingSource<Settings>, kept: KeptFilter, place: FilterPlace): Promise<FilterCount>;
}

export interface FilterCount {
  readonly count: number;
  /** Whether there are more than could be counted. */
  readonly more: boolean;
}

/** A fact that came before what it is about. */
export interface EarlyFact {
  /** What it is about, by the flow's own name for it. */
  readonly subject: string;
  /** One for each fact about a subject. */
  readonly key: string;
  /** Plain JSON. */
  readonly fact: unknown;
}

export interface Write<T> {
  /** Sends the write. `marker` is the same at every attempt of this step of this run. */
  send(marker: string): Promise<T>;
  /**
   * For `lookup` steps: what an earlier attempt made, or null. Called before `send` whenever an earlier
   * attempt may have reached the vendor, and always when `findFirst` is set (find-or-create).
   */
  find?(marker: string): Promise<T | null>;
  readonly findFirst?: boolean;
  /**
   * What receivers are told of what this write made: stored with its result, in one statement, so that it is told
   * wherever the process dies, and each key once. Not asked of what was there before; null: nothing is told.
   *
   * @param isInDoubt an earlier attempt may have made it: what is answered now, or found, may be what that one left.
   */
  tells?(made: T, isInDoubt: boolean): Fact | null;
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** BCP 47, how numbers and dates are written in what Liaison sends. */
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
}

export type Outcome =
  | { readonly state: 'done'; readonly summary: Sentence }
  /** Nothing had to be done, and why. */
  | { readonly state: 'skipped'; readonly summary: Sentence };

export const skipped = (summary: Sentence): Outcome => ({ state: 'skipped', summary });

/** What a flow's settings are chosen from, checked and shown against. */
export interface SettingSource<Settings> {
  /** The organisation's connection to a vendor. Throws `reconnect` when there is none. */
  readonly client: ClientOf;
  readonly role: RoleOf;
  /** As they stand in the form: perhaps not saved yet. */
  readonly settings: Settings;
  readonly organisation: Organisation;
}

/** One value that a vendor offers for a setting. */
export interface OfferedValue {
  readonly value: string;
  /** As the vendor's own people know it. */
  readonly title: string;
  /** In the reader's language, where we have words for it. */
  readonly titles?: Sentence;
}

/** What a vendor says of a value: it can never work, and why; or how it is written there. */
export type SettingVerdict =
  | { readonly refused: Sentence }
  | {
      readonly value: unknown;
      /** The vendor's id of it, which stays when it gets another name there. */
      readonly reference?: string;
    };

/** A setting that names something at a vendor: a channel, a stage, a field, a sheet. */
export interface VendorSetting<Settings> {
  /** What there is to choose from, asked now. Rejects with a LiaisonError when the vendor does not answer. */
  offers?(source: SettingSource<Settings>): Promise<readonly OfferedValue[]>;
  /**
   * Asked before the settings are saved, and before the flow is turned on. Null: it can work as it is. Rejects
   * with a LiaisonError when the vendor does not answer: the settings are then saved, and it is said that they
   * could not be checked. Asked now and then as well, so that what is renamed at the vendor is followed, and what
   * is gone there is told of.
   *
   * @param reference what an earlier check said of this very value; undefined: it is new.
   */
  check?(source: SettingSource<Settings>, reference: string | undefined): Promise<SettingVerdict | null>;
}

/** What the flow would send under the settings of a form, before anything is saved. */
export interface FlowPreview {
  /** What is shown. */
  readonly title: Sentence;
  /** As people will read it, without the vendor's markup. */
  readonly text: string;
  /** What it was made from. */
  readonly basis: Sentence;
  /** What works, but hardly as meant. */
  readonly warnings: readonly Sentence[];
}

/** How a flow that books money names what it made, by the reference of what moved. */
export interface BookingLinks<Settings = unknown> {
  /** The document of a payment. */
  payment(reference: string): string;
  /** The credit of money that went back; absent: it makes none. */
  credit?(reference: string): string;
  /** The transfer of money that moved between accounts of the books; absent: it makes none. */
  transfer?(reference: string): string;
  /** Between which accounts of the books such transfers go, of what a record's events tell of; absent: it remembers none. */
  readonly accounts?: {
    of(recordId: string): string;
    /** Which of them is the account of the money, of what was remembered; null: of none. */
    money(made: string): string | null;
  };
  /** How it remembers what becomes of fees; absent: it records none. */
  readonly fees?: BookedFeeLinks<Settings>;
  /** How it remembers what becomes of payouts; absent: it records none. */
  readonly payouts?: BookedPayoutLinks<Settings>;
}

interface BookedFeeLinks<Settings> {
  /** That the fee of a payment is to be recorded, and that it was, by the payment's reference. */
  due(reference: string): string;
  done(reference: string): string;
  /** The expense that a fee was recorded as, by the fee's own reference. */
  expense(reference: string): string;
  isWished(settings: Settings): boolean;
}

interface BookedPayoutLinks<Settings> {
  /** The transfer to the bank, and the one back, by the payout's id. */
  there(id: string): string;
  back(id: string): string;
  /** Between which accounts of the books it goes. */
  between(id: string): string;
  accounts(made: string): PayoutAccounts | null;
  isWished(settings: Settings): boolean;
  /** The accounts that are set; null: they are not. */
  accountsOf(settings: Settings): PayoutAccounts | null;
}

export interface PayoutAccounts {
  readonly money: string;
  readonly bank: string;
}

export interface Automation<Settings = unknown, Step extends string = string> {
  readonly kind: 'automation';
  readonly id: string;
  readonly titles: Sentence;
  /** One sentence: from where, to where, what. */
  readonly direction: Sentence;
  readonly trigger: EventTrigger<Settings> | PollTrigger<Settings> | OfferedTrigger | AskedTrigger;
  /**
   * What happens at the account of another role, where that begins runs of it, too (tickets, and answers in the channel
   * where they are announced). Runs tell the two apart by the object of their record.
   */
  readonly second?: OfferedTrigger;
  /** The accounts that an integration of it needs, each by a name of the flow's own. */
  readonly roles: Readonly<Record<string, RoleDeclaration>>;
  /** The form in the settings and the table in the docs are made from it. Every field has a default. */
  readonly settings: z.ZodType<Settings>;
  /** By name of the setting. */
  readonly vendorSettings?: Readonly<Record<string, VendorSetting<Settings>>>;
  /** It can do nothing before somebody chose where: it is on nowhere by itself. */
  readonly chosenFirst?: true;
  /** Absent: every record takes part. */
  readonly filter?: FilterSource<Settings>;
  /** Shows what would be sent, on a real record where there is one. Writes nothing. */
  preview?(source: SettingSource<Settings>): Promise<FlowPreview>;
  /** How it is played on a record with nothing written: by the code of `run`. */
  readonly trial: FlowTrial<Settings>;
  readonly steps: Readonly<Record<Step, StepDeclaration>>;
  /**
   * Whether what runs wait for (`waitsFor` of their failure) is there by now. Asked now and then while some do, so it is
   * to cost one call. Rejects with a LiaisonError when the vendor does not answer.
   */
  isThere?(what: string, accounts: Pick<SettingSource<Settings>, 'client' | 'role'>): Promise<boolean>;
  /**
   * Its runs about records of this object bring something up to date as a whole: lists say of when it is, by the last one
   * that was done.
   */
  readonly freshness?: string;
  /** Of a flow that books money: under which of its links what it made of a movement is remembered. */
  readonly booking?: BookingLinks<Settings>;
  /**
   * Where a link of it leads from a record of the CRM to one of another application: in which role that one's account
   * is, and its id in what was remembered; null: none. The record's card there shows it.
   */
  readonly links?: { readonly role: string; recordId(rightId: string): string | null };
  /** What Zoho itself already offers for this, and when to prefer it. */
  readonly native: Sentence;
  /** Where its messages go: another application may have one posted there, too. Absent: it posts none. */
  readonly posts?: { readonly role: string; place(settings: Settings): string };
  /** Under what the catalogue shows it; absent: under nothing more exact than what is left. */
  readonly purpose?: Purpose;
  /** Zoho's own page about that, where one is known. */
  readonly nativePage?: string;
  run(context: RunContext<Settings, Step>): Promise<Outcome>;
}

/** The role whose account an automation's events come from. */
export const triggerRole = ({ trigger, roles }: Pick<Automation, 'trigger' | 'roles'>): string =>
  trigger.kind === 'offered' ? trigger.role : (roleOf(roles, trigger.connector) ?? '');

/** Every topic that begins an integration of these settings. */
export const topicsOf = <Settings>(
  { topics, topicsOf: own }: Pick<EventTrigger<Settings>, 'topics' | 'topicsOf'>,
  settings: Settings,
): readonly string[] => own?.(settings) ?? topics;

/** Every topic that begins a run of an integration: with a filter also edits by which a record may begin to fit. */
export const heardTopics = <Settings>(
  trigger: Pick<EventTrigger<Settings>, 'topics' | 'topicsOf' | 'editTopicsOf'>,
  settings: Settings,
  isFiltered: boolean,
): readonly string[] => [
  ...topicsOf(trigger, settings),
  ...(isFiltered ? (trigger.editTopicsOf?.(settings) ?? []) : []),
];

/** Keeps the literal step names of a flow, so that a step that is not declared does not compile. */
export function defineAutomation<Settings, Step extends string>(
  flow: Automation<Settings, Step>,
): Automation<Settings, Step> {
  return flow;
}
