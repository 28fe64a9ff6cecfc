import type { RoleDeclaration } from '../../core/roles.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { type PeopleObject, personRules } from '../../core/sync/person.ts';
import { unchosenPeople, unchosenSide } from '../../core/sync/unchosen-people.ts';
import {
  type ChosenSide,
  type SideOption,
  type Sync,
  type SyncFlow,
  type SyncSide,
  syncSide,
} from '../../core/sync-flow.ts';
import { moduleOption } from './module-option.ts';
import { particularsOf } from './particulars.ts';

// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
type AnyPeople = PeopleObject<any>;

/** Whose people a side is. */
export interface SideOfPeople {
  readonly role: RoleDeclaration;
  /** Of a connector with several of them the first is meant where nobody chose. */
  readonly objects: readonly AnyPeople[];
}

/** A side that is the same in every integration. */
export const always = (object: AnyPeople): SideOfPeople => ({
  role: { connector: object.connector.id },
  objects: [object],
});

/** A flow that keeps people and those of the CRM equal, under words of its own. */
export interface PeopleFlow
  extends Pick<SyncFlow, 'id' | 'titles' | 'direction' | 'native' | 'nativePage' | 'purpose' | 'personal'> {
  /** The application around. */
  readonly left: SideOfPeople;
  /** The CRM. */
  readonly right: SideOfPeople;
}

/** Everybody is asked this often where a side announces nothing, in seconds. */
const ASKED_SECONDS = 15;
/** Where both sides announce what changes: this finds what they did not. */
const ANNOUNCED_SECONDS = 300;

/** People of one application and of the CRM, kept equal both ways: the mapping is what both say of themselves. */
export function peopleSync({ left, right, ...about }: PeopleFlow): SyncFlow {
  const made = new Map<string, Sync>();
  return {
    ...about,
    kind: 'sync',
    roles: { left: left.role, right: right.role },
    objects: [...left.objects, ...right.objects],
    between(chosen) {
      const [one, other] = [objectOf(left, chosen.left), objectOf(right, chosen.right)];
      const key = JSON.stringify([one?.id, other?.id]);
      const sync = made.get(key) ?? between(about, { left, right }, { left: one, right: other });
      made.set(key, sync);
      return sync;
    },
  };
}

/** Those of one connector that a person may choose from. */
const offeredBy = ({ objects }: SideOfPeople, connector: string | undefined): readonly AnyPeople[] =>
  objects.filter((object) => object.connector.id === connector);

/** The records that are meant; undefined while no account took the role. */
function objectOf(side: SideOfPeople, { connector, options }: ChosenSide): AnyPeople | undefined {
  const offered = offeredBy(side, connector);
  return offered.find(({ id }) => id === options[moduleOption.id]) ?? offered[0];
}

function between(
  about: Pick<Sync, 'id' | 'titles' | 'direction' | 'native' | 'nativePage' | 'purpose' | 'personal'>,
  sides: Readonly<Record<Side, SideOfPeople>>,
  objects: Readonly<Record<Side, AnyPeople | undefined>>,
): Sync {
  const [one, other] = [objects.left ?? unchosenPeople, objects.right ?? unchosenPeople];
  // While nobody chose, what the flow offers first stands for all of them.
  const { madeInCrm } = particularsOf((objects.left ?? sides.left.objects[0] ?? one).id);
  const sideOf = (side: Side, fallbacks: Parameters<typeof syncSide>[1]): SyncSide => {
    const object = objects[side];
    if (object === undefined) return unchosenSide(sides[side].role);
    const offered = offeredBy(sides[side], object.connector.id);
    const own = syncSide(object, fallbacks);
    return offered.length < 2 ? own : { ...own, options: [moduleOption.among(offered), ...own.options] };
  };
  const left = sideOf('left', {});
  // Who is made in the CRM comes with the company.
  const right = sideOf('right', { createAccounts: madeInCrm });
  const announce = [one, other].every(({ topics }) => topics.length > 0);
  return {
    ...about,
    kind: 'sync',
    left,
    right,
    defaults: {
      rules: { ...personRules(one, other), create: { left: true, right: madeInCrm } },
      options: { left: fallbacksOf(left), right: fallbacksOf(right) },
      everySeconds: announce ? ANNOUNCED_SECONDS : ASKED_SECONDS,
      sweepHours: 24,
      brake: { records: 10, percent: 10 },
    },
  };
}

const fallbacksOf = ({ options }: SyncSide): Record<string, SideOption['fallback']> =>
  Object.fromEntries(options.map(({ id, fallback }) => [id, fallback]));
