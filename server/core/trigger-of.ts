import type { Connector } from './connector.ts';
import type { AskedTrigger, Automation, EventTrigger, PollTrigger } from './flow.ts';
import { beginningOf } from './offers.ts';

/** A trigger whose connector is known. */
export type KnownTrigger<Settings = unknown> = EventTrigger<Settings> | PollTrigger<Settings> | AskedTrigger;

/** A trigger whose source is looked at in turn. */
export type LookedTrigger<Settings = unknown> = EventTrigger<Settings> | PollTrigger<Settings>;

/** Whether there is a source of its events to be looked at. */
export const looksAround = ({ trigger }: Pick<Automation, 'trigger'>): boolean => trigger.kind !== 'asked';

/** Seconds between two looks for what no webhook announced, where the connector's offer says how one looks. */
export const OFFERED_SWEEP_SECONDS = 60;

/**
 * A flow once for each thing that it is begun by: as if that were the only one. What an integration of it was looked at
 * for, and up to when, is kept by the side.
 */
export function sidesOf<Flow extends Pick<Automation, 'trigger' | 'second'>>(
  flow: Flow,
): readonly { readonly side: 'first' | 'second'; readonly flow: Flow }[] {
  const first = { side: 'first', flow } as const;
  if (flow.second === undefined) return [first];
  return [first, { side: 'second', flow: { ...flow, trigger: flow.second } }];
}

/** Whether the settings ask for what a flow is begun by. */
export const isWanted = ({ trigger }: Pick<Automation, 'trigger'>, settings: unknown): boolean =>
  trigger.kind !== 'offered' || trigger.isWanted?.(settings) !== false;

type Begun<Settings> = Pick<Automation<Settings>, 'trigger' | 'roles'>;

/** How a flow is begun by events of a connector; null: it never is. */
export function triggerAt<Settings>(
  { trigger, roles }: Begun<Settings>,
  connector: Connector,
): KnownTrigger<Settings> | null {
  if (trigger.kind !== 'offered') return trigger.connector === connector.id ? trigger : null;
  const offer = beginningOf(connector.offers, roles[trigger.role]?.offers);
  const reachMs = (settings: unknown): number => trigger.reachMs?.(settings) ?? 0;
  if (offer === undefined) return null;
  const recognisedBy = offer.recognisedBy ?? 'record';
  const { about } = trigger;
  const thingOf = (settings: unknown): string =>
    String((settings as Readonly<Record<string, unknown>>)[about ?? ''] ?? '');
  const { answerTopics = [] } = offer;
  const ownTopics =
    about === undefined || offer.topicsOf === undefined
      ? undefined
      : (settings: Settings) => offer.topicsOf?.(thingOf(settings)) ?? [];
  const answeredTopics =
    trigger.hearsAnswers === undefined || answerTopics.length === 0
      ? ownTopics
      : (settings: Settings) => [
          ...(ownTopics?.(settings) ?? offer.topics),
          ...(trigger.hearsAnswers?.(settings) ? answerTopics : []),
        ];
  const topicsOf =
    trigger.isWanted === undefined
      ? answeredTopics
      : (settings: Settings) =>
          trigger.isWanted?.(settings) ? (answeredTopics?.(settings) ?? offer.topics) : [];
  const listensTo = (settings: Settings): readonly string[] => {
    const heard = topicsOf?.(settings) ?? offer.topics;
    return heard.length === 0 ? [] : (offer.listensTo?.(thingOf(settings)) ?? heard);
  };
  return {
    kind: 'event',
    connector: connector.id,
    topics: offer.topics,
    ...(topicsOf === undefined && offer.listensTo === undefined ? {} : { listensTo }),
    ...(topicsOf === undefined
      ? {}
      : {
          topicsOf,
          mayBeginBy: (topic) => offer.mayTell?.(topic) === true || answerTopics.includes(topic),
        }),
    reachMs,
    ...(about === undefined || offer.isElsewhere === undefined
      ? {}
      : {
          isElsewhere: ({ recordId }, settings, cursor) =>
            recordId !== null && offer.isElsewhere?.(recordId, thingOf(settings), cursor) === true,
        }),
    // The run asks for the record as it then stands; what is numbered by events tells of each by itself.
    coalesce: recognisedBy === 'record',
    record: (event) => {
      if (offer.record !== undefined) return offer.record(event);
      return event.recordId === null ? null : { object: offer.object, id: event.recordId };
    },
    sweep: {
      everySeconds: OFFERED_SWEEP_SECONDS,
      recognisedBy,
      look: ({ client, settings, ...since }) =>
        // A look begins when the integration was turned on, or as long before as it reaches back.
        offer.changed(client(connector), {
          ...since,
          onForMs: since.onForMs + reachMs(settings),
          ...(about === undefined ? {} : { about: thingOf(settings) }),
        }),
    },
  };
}

/** The connector that an integration's events come from; undefined: nobody chose the account yet. */
export function sourceOf(
  { trigger }: Pick<Automation, 'trigger'>,
  bound: readonly { readonly role: string; readonly connector: string }[],
): string | undefined {
  return trigger.kind === 'offered'
    ? bound.find(({ role }) => role === trigger.role)?.connector
    : trigger.connector;
}
