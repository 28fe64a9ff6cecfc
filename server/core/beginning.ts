import type { FlowEvent, RecordRef, SweepResult, SweepSource } from './flow.ts';

/** What a look for what nobody announced goes by. */
export type ChangedSince = Pick<SweepSource<unknown>, 'cursor' | 'onForMs' | 'graceMs'> & {
  /** The one thing that it is about, where the flow names one: an id of the vendor's. */
  readonly about?: string;
};

/** Something that happens at the vendor and that a flow can begin with. */
export interface HappeningOffer {
  /** Id of the connector's object that it is about. */
  readonly object: string;
  /** Topics of the connector's webhooks that tell of it. */
  readonly topics: readonly string[];
}

/** The same, whoever the vendor: what no webhook announced is found as well. */
export interface BeginningOffer<Client> extends HappeningOffer {
  /** Topics of one thing, by the vendor's id of it, where accounts hold several that happenings are told apart by. */
  topicsOf?(thing: string): readonly string[];
  /** What is subscribed to for one thing, where that is told by topics that do not name it. */
  listensTo?(thing: string): readonly string[];
  /** Topics of what is answered to such a thing, which only flows hear that ask for them; their events name the thing. */
  readonly answerTopics?: readonly string[];
  /** Whether a topic may tell of some such thing. */
  mayTell?(topic: string): boolean;
  /** How something found is told from something delivered, as a `Sweep` says it; absent: by its record. */
  readonly recognisedBy?: 'event' | 'record';
  /** Whose events are handled in order, from the payload alone; absent: those of the record that an event names. */
  record?(event: FlowEvent): RecordRef | null;
  /**
   * Whether what happened is certainly about another thing than this one, by the cursor that its last look left (null:
   * none yet): nobody is asked. Absent: it never is.
   */
  isElsewhere?(recordId: string, thing: string, cursor: unknown): boolean;
  /** What happened since the cursor. Fails with `cursor-lost` for one that is no good. */
  changed(client: Client, since: ChangedSince): Promise<SweepResult>;
}
