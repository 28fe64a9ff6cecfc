import type { Connector } from './connector.ts';
import type { Automation } from './flow.ts';
import type { Sentence } from './sentence.ts';
import type { FieldMapping } from './sync/mapping.ts';
import type { Sync } from './sync-flow.ts';

/** One row of the table that tells what becomes of which field. */
export interface MappingRow {
  readonly left: string;
  readonly direction: FieldMapping['direction'];
  readonly right: string;
  readonly master: Sentence;
  readonly blank: Sentence;
}

/** What a flow does, told from its declaration: shown in the app, and written to `docs/flows/`. */
export interface FlowDocument {
  readonly id: string;
  readonly titles: Sentence;
  readonly direction: Sentence;
  /** The applications in the order in which data passes through them; `both`: also back. */
  readonly path: readonly Sentence[];
  readonly both: boolean;
  readonly frequency: Sentence;
  readonly steps: readonly {
    readonly titles: Sentence;
    readonly application: Sentence;
    readonly writes: boolean;
  }[];
  readonly mapping: readonly MappingRow[];
  readonly native: Sentence;
}

// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export type ConnectorTitles = ReadonlyMap<string, Connector<any>>;

const MINUTE = 60;
const HOUR = 3_600;

/** "every 15 seconds", in both languages. */
export function every(seconds: number): Sentence {
  const units = [
    [HOUR, 'hour', 'heure'],
    [MINUTE, 'minute', 'minute'],
    [1, 'second', 'seconde'],
  ] as const;
  const [size, en, fr] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? units[2];
  const count = seconds / size;
  if (count === 1) return { en: `every ${en}`, fr: fr === 'minute' ? 'chaque minute' : `chaque ${fr}` };
  return { en: `every ${count} ${en}s`, fr: `toutes les ${count} ${fr}s` };
}

const titlesOf = (connectors: ConnectorTitles, id: string): Sentence =>
  connectors.get(id)?.titles ?? { en: id, fr: id };

export function documentAutomation(flow: Automation, connectors: ConnectorTitles): FlowDocument {
  const { trigger } = flow;
  const steps = Object.values(flow.steps).map(({ titles, connector, effect }) => ({
    titles,
    application: titlesOf(connectors, connector),
    writes: effect !== 'read',
  }));
  const others = [...new Set(Object.values(flow.steps).map((step) => step.connector))].filter(
    (id) => id !== trigger.connector,
  );
  const polled = trigger.kind === 'poll' ? every(trigger.everySeconds(flow.settings.parse({}))) : null;
  return {
    id: flow.id,
    titles: flow.titles,
    direction: flow.direction,
    path: [trigger.connector, ...others].map((id) => titlesOf(connectors, id)),
    both: false,
    frequency:
      polled === null
        ? { en: 'At once, when it happens.', fr: 'Aussitôt, quand cela arrive.' }
        : { en: `Looked for ${polled.en}.`, fr: `Recherché ${polled.fr}.` },
    steps,
    mapping: [],
    native: flow.native,
  };
}

const BLANK: Record<FieldMapping['blank'], Sentence> = {
  clear: { en: 'empties the other side', fr: 'vide l’autre côté' },
  leave: { en: 'leaves the other side as it is', fr: 'laisse l’autre côté tel quel' },
  ask: { en: 'a person decides', fr: 'une personne décide' },
};

export function documentSync(sync: Sync): FlowDocument {
  const { left, right, defaults } = sync;
  const announced = [left, right].some(({ object }) => object.topics.length > 0);
  const asked = every(defaults.everySeconds);
  const hours = every(defaults.sweepHours * HOUR);
  return {
    id: sync.id,
    titles: sync.titles,
    direction: sync.direction,
    path: [left.object.titles, right.object.titles],
    both: defaults.rules.fields.some((field) => field.direction === 'both'),
    frequency: announced
      ? {
          en: `At once where a webhook tells of a change, and ${asked.en}; everything is compared ${hours.en}.`,
          fr: `Aussitôt quand un webhook annonce un changement, et ${asked.fr} ; tout est comparé ${hours.fr}.`,
        }
      : {
          en: `Looked for ${asked.en}; everything is compared ${hours.en}.`,
          fr: `Recherché ${asked.fr} ; tout est comparé ${hours.fr}.`,
        },
    steps: [],
    mapping: defaults.rules.fields.map((field) => ({
      left: field.left,
      direction: field.direction,
      right: field.right,
      master: (field.master === 'left' ? left : right).object.titles,
      blank: BLANK[field.blank],
    })),
    native: sync.native,
  };
}
