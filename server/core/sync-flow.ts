import type { LiaisonError } from './errors.ts';
import type { Purpose } from './purpose.ts';
import type { RoleDeclaration, Roles } from './roles.ts';
import type { Sentence } from './sentence.ts';
import type { Side, SyncRules } from './sync/mapping.ts';
import type { ObjectOptions, SyncObject } from './sync-object.ts';

/** One choice that an admin makes for a side (an audience, a calendar, whether accounts are created). */
export interface SideOption {
  readonly id: string;
  readonly titles: Sentence;
  /** What follows from it, said beside it. */
  readonly hints?: Sentence;
  readonly kind: 'boolean' | 'choice' | 'text';
  readonly fallback: string | boolean | null;
  /** What is chosen says which records there are: those of a calendar, of an audience. */
  readonly holdsRecords?: true;
  /** What values mean that are no name of anybody's, by the value; of nothing chosen, by the empty text. */
  readonly words?: Readonly<Record<string, Sentence>>;
  /** What can be chosen at the vendor, by id; absent for `boolean` and `text`. */
  choices?(client: unknown): Promise<readonly OptionChoice[]>;
}

/** `title`: a name that somebody gave, or words of ours. */
export interface OptionChoice {
  readonly id: string;
  readonly title: string | Sentence;
}

export interface SyncSide {
  readonly object: SyncObject;
  readonly options: readonly SideOption[];
  /**
   * Set while no account took its role, where several connectors' can: what a person must do. The object then stands
   * for what any of them holds, and cannot be asked.
   */
  readonly missing?: LiaisonError;
}

/** Everything an admin can set of a sync; stored with the flow. */
export interface SyncSettings {
  readonly rules: SyncRules;
  readonly options: { readonly left: ObjectOptions; readonly right: ObjectOptions };
  /** How often each side is asked what changed, where no webhook announced it. 86,400: once a day. */
  readonly everySeconds: number;
  /** How often everything is compared, whatever was announced. */
  readonly sweepHours: number;
  /** Deletes within an hour that stop the flow until a person has looked: more than both of these. */
  readonly brake: { readonly records: number; readonly percent: number };
}

/** What a flow that keeps two objects equal says of itself, whichever accounts it is set up between. */
interface AboutSync {
  readonly kind: 'sync';
  readonly id: string;
  readonly titles: Sentence;
  /** One sentence: from where, to where, what. */
  readonly direction: Sentence;
  /** What Zoho itself already offers for this, and when to prefer it. */
  readonly native: Sentence;
  /** Under what the catalogue shows it; absent: under nothing more exact than what is left. */
  readonly purpose?: Purpose;
  /** Zoho's own page about that, where one is known. */
  readonly nativePage?: string;
  /**
   * Why it must not work beside what else is turned on, in words that say what to change; null: nothing contradicts it.
   * Absent: nothing ever does.
   */
  contradiction?(own: SetBeside, others: readonly SetBeside[]): Sentence | null;
  /** Set where each person of an organisation can have it as their own, under an admin's template. */
  readonly personal?: PersonalUse;
}

/** An integration beside others of the organisation, as far as it matters for whether they fit together. */
export interface SetBeside {
  readonly flow: string;
  /** What people call it. */
  readonly titles: Sentence;
  readonly roles: readonly {
    readonly role: string;
    readonly connector: string;
    readonly accountId: string;
  }[];
  /** Of a sync: as `SyncSettings`, with what holds where nobody chose. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** How a sync is one person's own. */
export interface PersonalUse {
  /** The role that the person's own account takes; the other one is the organisation's. */
  readonly role: Side;
  /** The field of the organisation's side that says whose a record is. */
  readonly owner: string;
}

/** Two objects that are kept equal under a mapping: a flow, as one integration has it. */
export interface Sync extends AboutSync {
  readonly left: SyncSide;
  readonly right: SyncSide;
  /** What holds until an admin changes it. */
  readonly defaults: SyncSettings;
}

/** One account for each side. */
export type SyncRoles = Roles & Readonly<Record<Side, RoleDeclaration>>;

/** What was chosen for a side. */
export interface ChosenSide {
  /** Whose account takes the role, by the connector's id; undefined while none does. */
  readonly connector: string | undefined;
  readonly options: ObjectOptions;
}

/** A flow that keeps two objects equal, as it is offered: which two may depend on the accounts. */
export interface SyncFlow extends AboutSync {
  readonly roles: SyncRoles;
  /** Everything that can be a side of it. */
  readonly objects: readonly SyncObject[];
  /** The same sync, whenever the same is chosen. */
  between(chosen: Readonly<Record<Side, ChosenSide>>): Sync;
}

/** A flow that keeps the same two objects equal in every integration. */
export const fixedSync = (sync: Sync): SyncFlow => ({
  ...sync,
  roles: {
    left: { connector: sync.left.object.connector.id },
    right: { connector: sync.right.object.connector.id },
  },
  objects: [sync.left.object, sync.right.object],
  between: () => sync,
});

/** An integration, as far as it says what its sides are. */
export interface SyncChoices {
  /** The accounts that took its roles, also those that are not connected now. */
  readonly roles: readonly { readonly role: string; readonly connector: string }[];
  /** As they are stored. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * A flow as one integration has it: its two objects are those of the accounts that took its roles.
 *
 * @param set null: as a new one begins, before anybody chose an account.
 */
export function syncFor(flow: SyncFlow, set: SyncChoices | null): Sync {
  const options = (set?.settings as Partial<SyncSettings> | undefined)?.options;
  const chosen = (side: Side): ChosenSide => ({
    connector: flow.roles[side].connector ?? set?.roles.find(({ role }) => role === side)?.connector,
    options: options?.[side] ?? {},
  });
  return flow.between({ left: chosen('left'), right: chosen('right') });
}

/**
 * A side of a sync: the object, whatever its client's type is (it is only ever handed its own), with its options.
 *
 * @param fallbacks what an option is in this flow where nobody chose, if not as the object has it.
 */
export function syncSide<Client>(
  object: SyncObject<Client>,
  fallbacks: Readonly<Record<string, SideOption['fallback']>> = {},
): SyncSide {
  const options = (object.options ?? []).map((option) => {
    const fallback = fallbacks[option.id];
    return fallback === undefined ? option : { ...option, fallback };
  });
  return { object: object as unknown as SyncObject, options };
}

/** Choices that are all words of ours: no vendor is asked for them. */
export const choicesOf = (
  words: Readonly<Record<string, Sentence>>,
): Required<Pick<SideOption, 'choices' | 'words'>> => ({
  words,
  choices: async () => Object.entries(words).map(([id, title]) => ({ id, title })),
});
