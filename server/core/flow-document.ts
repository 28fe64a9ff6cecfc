import type { Connector } from './connector.ts';
import type { Automation } from './flow.ts';
import { CAPABILITY_TITLES } from './offers.ts';
import type { Sentence } from './sentence.ts';
import type { SetValue } from './setting-words.ts';
import type { FieldMapping, Side } from './sync/mapping.ts';
import type { Sync, SyncSettings } from './sync-flow.ts';
import { fieldTitles, syncWords } from './sync-words.ts';
import { OFFERED_SWEEP_SECONDS } from './trigger-of.ts';

/** One row of the table that tells what becomes of which field. */
export interface MappingRow {
  readonly left: string;
  /** What the fields are called, as far as that is known without asking their vendors. */
  readonly titles: { readonly left: Sentence; readonly right: Sentence };
  readonly direction: FieldMapping['direction'];
  readonly right: string;
  readonly master: Sentence;
  readonly blank: Sentence;
}

/** One box of a flow's diagram: an application, or the records of one. */
export interface Stop {
  readonly titles: Sentence;
  /** What Liaison does there: reads, writes, both, or only hears of what happens. */
  readonly part: Sentence;
}

/** What a flow does, told from its declaration: shown in the app, and written to `docs/flows/`. */
export interface FlowDocument {
  readonly id: string;
  readonly kind: 'automation' | 'sync';
  readonly titles: Sentence;
  readonly direction: Sentence;
  /** Where data passes through, in order. Of a sync: the left side, then the right one. */
  readonly path: readonly Stop[];
  /** Which way along the path: `on`, `back` against its order, or both ways. */
  readonly way: 'on' | 'back' | 'both';
  readonly frequency: Sentence;
  readonly steps: readonly {
    readonly titles: Sentence;
    readonly application: Sentence;
    readonly writes: boolean;
  }[];
  readonly mapping: readonly MappingRow[];
  /** What is set beside the mapping. */
  readonly settings: readonly SetValue[];
  readonly native: Sentence;
}

// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export type ConnectorTitles = ReadonlyMap<string, Connector<any>>;

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** "every 15 seconds", "every week", in both languages. */
export function every(seconds: number): Sentence {
  const units = [
    [WEEK, 'week', 'semaine', 'toutes'],
    [DAY, 'day', 'jour', 'tous'],
    [HOUR, 'hour', 'heure', 'toutes'],
    [MINUTE, 'minute', 'minute', 'toutes'],
    [1, 'second', 'seconde', 'toutes'],
  ] as const;
  // A day is 24 hours: days are told from two on.
  const [size, en, fr, all] =
    units.find(([unit]) => seconds >= (unit === DAY ? 2 * DAY : unit) && seconds % unit === 0) ?? units[4];
  const count = seconds / size;
  if (count === 1) return { en: `every ${en}`, fr: `chaque ${fr}` };
  return { en: `every ${count} ${en}s`, fr: `${all} les ${count} ${fr}s` };
}

type Place = { readonly connector?: string | undefined; readonly role?: string | undefined };

const titlesOf = (connectors: ConnectorTitles, id: string): Sentence =>
  connectors.get(id)?.titles ?? { en: id, fr: id };

const PARTS = {
  read: { en: 'read', fr: 'lu' },
  written: { en: 'written', fr: 'écrit' },
  both: { en: 'read and written', fr: 'lu et écrit' },
  heard: { en: 'announces what happens', fr: 'annonce ce qui arrive' },
} as const satisfies Record<string, Sentence>;

function partOf({ reads, writes }: { reads: boolean; writes: boolean }): Sentence {
  if (writes) return reads ? PARTS.both : PARTS.written;
  return reads ? PARTS.read : PARTS.heard;
}

/** How soon an automation acts, with these settings. */
export function automationFrequency({ trigger, roles }: Automation, settings: unknown): Sentence {
  // Not every tool of forms can be asked: some only deliver.
  if (trigger.kind === 'offered' && roles[trigger.role]?.offers === 'forms') {
    const asked = every(OFFERED_SWEEP_SECONDS);
    return {
      en: `At once, when it happens; what no webhook announced is looked for ${asked.en}, where the tool can be asked.`,
      fr: `Aussitôt, quand cela arrive\u00a0; ce qu’aucun webhook n’a annoncé est recherché ${asked.fr}, si l’outil peut être interrogé.`,
    };
  }
  if (trigger.kind === 'asked') return trigger.when;
  if (trigger.kind !== 'poll') {
    const swept = every(trigger.kind === 'event' ? trigger.sweep.everySeconds : OFFERED_SWEEP_SECONDS);
    return {
      en: `At once, when it happens; what no webhook announced is looked for ${swept.en}.`,
      fr: `Aussitôt, quand cela arrive\u00a0; ce qu’aucun webhook n’a annoncé est recherché ${swept.fr}.`,
    };
  }
  const planned = trigger.when?.(settings);
  if (planned !== undefined) return planned;
  const polled = every(trigger.everySeconds(settings));
  return { en: `Looked for ${polled.en}.`, fr: `Recherché ${polled.fr}.` };
}

/** Where events come from, as a step would name it. */
const asStep = (trigger: Automation['trigger']): Place =>
  trigger.kind === 'offered' ? { role: trigger.role } : { connector: trigger.connector };

/** Where a step acts: of a role that several can take what it asks for, until an account is chosen. */
function applicationOf(
  { roles }: Automation,
  step: Place,
  connectors: ConnectorTitles,
  bound: readonly { readonly role: string; readonly connector: string }[],
): Sentence {
  const id = step.connector ?? bound.find(({ role }) => role === step.role)?.connector;
  if (id !== undefined) return titlesOf(connectors, id);
  const declared = roles[step.role ?? ''];
  if (declared?.connector !== undefined) return titlesOf(connectors, declared.connector);
  return declared?.titles ?? CAPABILITY_TITLES[declared?.offers ?? 'messages'];
}

const distinct = (titles: readonly Sentence[]): Sentence[] => [
  ...new Map(titles.map((one) => [one.en, one])).values(),
];

/** @param set what is set, in words, and `settings` as the flow's own schema reads it. */
export function documentAutomation(
  flow: Automation,
  connectors: ConnectorTitles,
  set: {
    readonly settings: unknown;
    readonly words: readonly SetValue[];
    /** The accounts that were chosen, where it is set up. */
    readonly roles?: readonly { readonly role: string; readonly connector: string }[];
  },
): FlowDocument {
  const { trigger } = flow;
  const steps = Object.values(flow.steps).map((step) => ({
    ...step,
    application: applicationOf(flow, step, connectors, set.roles ?? []),
  }));
  const source = applicationOf(flow, asStep(trigger), connectors, set.roles ?? []);
  const polled = trigger.kind === 'poll';
  return {
    id: flow.id,
    kind: flow.kind,
    titles: flow.titles,
    direction: flow.direction,
    path: distinct([source, ...steps.map(({ application }) => application)]).map((titles) => {
      const own = steps.filter(({ application }) => application.en === titles.en);
      return {
        titles,
        part: partOf({
          reads: own.some(({ effect }) => effect === 'read') || (polled && titles.en === source.en),
          writes: own.some(({ effect }) => effect !== 'read'),
        }),
      };
    }),
    way: 'on',
    frequency: automationFrequency(flow, set.settings),
    steps: steps.map(({ titles, application, effect }) => ({
      titles,
      application,
      writes: effect !== 'read',
    })),
    mapping: [],
    settings: set.words,
    native: flow.native,
  };
}

const BLANK: Record<FieldMapping['blank'], Sentence> = {
  clear: { en: 'empties the other side', fr: 'vide l’autre côté' },
  leave: { en: 'leaves the other side as it is', fr: 'laisse l’autre côté tel quel' },
  ask: { en: 'a person decides', fr: 'une personne décide' },
};

/** Consent has no master: see the ratchet in `sync/merge.ts`. */
const OPT_OUT: Sentence = {
  en: 'an opt-out, on either side',
  fr: 'un désabonnement, d’un côté ou de l’autre',
};
const KEPT_OPT_OUT: Sentence = { en: 'opts nobody in', fr: 'ne réabonne personne' };

function mappingRow(sync: Sync, field: FieldMapping, nameOf: (side: Side) => Sentence): MappingRow {
  const { left, direction, right, kind } = field;
  const consent = kind === 'consent';
  return {
    left,
    titles: { left: fieldTitles(sync, 'left', left), right: fieldTitles(sync, 'right', right) },
    direction,
    right,
    master: consent ? OPT_OUT : nameOf(field.master),
    blank: consent ? KEPT_OPT_OUT : BLANK[field.blank],
  };
}

/** How soon a sync acts, with these settings. */
export function syncFrequency({ left, right }: Sync, settings: SyncSettings): Sentence {
  const announced = [left, right].some(({ object }) => object.topics.length > 0);
  const asked = every(settings.everySeconds);
  const hours = every(settings.sweepHours * HOUR);
  return announced
    ? {
        en: `At once where a webhook tells of a change, and ${asked.en}; everything is compared ${hours.en}.`,
        fr: `Aussitôt quand un webhook annonce un changement, et ${asked.fr}\u00a0; tout est comparé ${hours.fr}.`,
      }
    : {
        en: `Looked for ${asked.en}; everything is compared ${hours.en}.`,
        fr: `Recherché ${asked.fr}\u00a0; tout est comparé ${hours.fr}.`,
      };
}

/** @param settings as an organisation has them; what the sync brings along, where nothing else is said. */
export function documentSync(sync: Sync, settings: SyncSettings = sync.defaults): FlowDocument {
  const { fields, create } = settings.rules;
  const nameOf = (side: Side): Sentence => sync[side].object.titles;
  const writes = (side: Side): boolean =>
    create[side] || fields.some(({ direction }) => direction === 'both' || direction === `to-${side}`);
  return {
    id: sync.id,
    kind: sync.kind,
    titles: sync.titles,
    direction: sync.direction,
    path: (['left', 'right'] as const).map((side) => ({
      titles: nameOf(side),
      part: partOf({ reads: true, writes: writes(side) }),
    })),
    way: writes('left') ? (writes('right') ? 'both' : 'back') : 'on',
    frequency: syncFrequency(sync, settings),
    steps: [],
    mapping: fields.map((field) => mappingRow(sync, field, nameOf)),
    settings: syncWords(sync, settings),
    native: sync.native,
  };
}
