import type { Connector } from './connector.ts';
import type { LiaisonError } from './errors.ts';
import type { FilterField, FilterPlace, KeptFilter } from './filter/filter.ts';
import type { FilterCount } from './flow.ts';
import type { Sentence } from './sentence.ts';
import type { Companions } from './sync/companions.ts';
import type { Person } from './sync/person.ts';
import type { SideOption } from './sync-flow.ts';

/** What a field of a record holds, as JSON. Null and absent mean the same: the field is blank. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue };

/** A record's mapped fields, by the ids of its object's fields. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/**
 * What a value means, so that two vendors' spellings of it can be compared. `name` is
 * `{ given, family }`; `consent` is true when the person opted out; `date` is `2026-11-24`; `price` is a text with
 * its currency, `23.90 EUR`; `stock` counts pieces; `meeting` values and others of structure are compared as JSON.
 */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'email'
  | 'phone'
  | 'name'
  | 'company'
  /** What a thing is known by (a SKU): its letters mean the same in either case. */
  | 'code'
  | 'number'
  | 'price'
  /** Pieces that both sides count by themselves: see `stock.ts` for how it travels. */
  | 'stock'
  | 'boolean'
  | 'date'
  /** A month and a day without a year, `03/12`. */
  | 'birthday'
  | 'consent'
  | 'choice'
  | 'labels'
  | 'json';

export interface SyncField {
  /** The vendor's own name where there is one (`Email`, `FNAME`): it is in stored mappings for ever. */
  readonly id: string;
  readonly titles: Sentence;
  readonly kind: FieldKind;
  /** The vendor computes it: it can be read but not written. */
  readonly readOnly?: boolean;
  readonly required?: boolean;
  /**
   * Where a record is made without this required field: fields of the same object whose text stands in for it,
   * the best first. It is never carried back.
   */
  readonly standIns?: readonly string[];
  /** Longest text that the vendor takes; a longer one is refused before it is sent, never cut. */
  readonly maxLength?: number;
  readonly choices?: readonly string[];
  /** Whole numbers only: no parts of a piece. */
  readonly whole?: true;
  /** Only ten-digit numbers of North America (NANP) are taken; absent: numbers of any country. */
  readonly phones?: 'north-american';
  /** What a field that is made on the other side to hold this one is called; absent: none is offered. */
  readonly newName?: Sentence;
}

/** One record as the vendor holds it. */
export interface SideRecord {
  readonly id: string;
  /** The vendor's own mark of this state of the record (etag, modification time); null when it has none. */
  readonly version: string | null;
  readonly values: FieldValues;
  /** What the record is known by to people. */
  readonly label: string;
  /** Set where the vendor can carry our mark: the marker of the create that made the record. */
  readonly marker?: string | null;
  /** Set when the record cannot take part, and why (an archived member, a private meeting). */
  readonly excluded?: Sentence;
  /** Set beside `excluded` where its counterpart is to be taken away: a meeting that was declined. */
  readonly withdrawn?: boolean;
  /**
   * Fields that the vendor does not tell whole, by their ids, and why: what they hold is neither carried over
   * nor written over (the guest list of a meeting whose guests are hidden).
   */
  readonly withheld?: Readonly<Record<string, Sentence>>;
  /** What a filter judges it by, where that was asked for. */
  readonly facts?: Facts;
}

/** Values by the names of `filterFields`, as the vendor tells them. Plain JSON. */
export interface Facts {
  readonly values: Readonly<Record<string, unknown>>;
  /** Of its amounts, ISO 4217; null: the organisation's. */
  readonly currency: string | null;
}

export interface Changes {
  readonly records: readonly SideRecord[];
  /** Ids of records that the vendor says are deleted. */
  readonly deleted: readonly string[];
  /** Where to go on, now (when `more`) or at the next look. Opaque JSON. */
  readonly cursor: FieldValue;
  readonly more: boolean;
}

export interface Draft {
  /** The same at every attempt to make this record; put into the record where the vendor has room. */
  readonly marker: string;
  readonly values: FieldValues;
}

/** A change of one record: only the fields that change. */
export interface Patch {
  readonly id: string;
  /** The version that the change was computed from; a vendor that can refuses it when it moved on. */
  readonly version: string | null;
  readonly values: FieldValues;
  /** All mapped values after the change: for vendors that replace more than one field at a time. */
  readonly whole: FieldValues;
}

/** What was not written of a change that takes several writes, and why; the rest of it was. */
export interface Unwritten {
  readonly fields: readonly string[];
  readonly error: LiaisonError;
  /** Those of them that may have been written all the same. */
  readonly inDoubt?: readonly string[];
}

/** What became of one record of a batch. `values`: what the vendor stored, where its answer says. */
export type WriteOutcome =
  | {
      readonly ok: true;
      readonly id: string;
      readonly version: string | null;
      readonly values?: FieldValues;
      /** Fields that were left as they were on purpose: no change of them is lost. */
      readonly leftAlone?: readonly string[];
      readonly unwritten?: Unwritten;
    }
  | {
      readonly ok: false;
      readonly error: LiaisonError;
      /**
       * Set where a batch takes several calls and one of them failed: it is that call's failure and not this record's
       * own, and is met as if the batch had rejected, for the records that say so. The others' outcomes hold.
       */
      readonly ofCall?: true;
    };

/** What the admin chose for this object in a flow's settings (an audience, a calendar, create accounts). */
export type ObjectOptions = Readonly<Record<string, FieldValue>>;

/**
 * A record type that a sync can keep equal with another one: how its records are listed, followed and
 * written, in batches as large as the vendor takes. All calls reject with LiaisonErrors only:
 * `cursor-lost` when a cursor is no good any more; a batch that fails as a whole rejects, with
 * `mayHaveHappened` when its outcome is not known. One record's failure is an outcome.
 */
export interface SyncObject<Client = unknown> {
  /** `googlePeople.person`, one of the connector's `objects`. */
  readonly id: string;
  readonly connector: Connector<Client>;
  /** One word or two, plural, for people: "Google contacts". */
  readonly titles: Sentence;
  /** The fields a mapping may choose from: the vendor's usual ones and the organisation's own. */
  fields(client: Client, options: ObjectOptions): Promise<readonly SyncField[]>;
  /** What fields are called that every organisation has: for documents, which ask no vendor. */
  readonly usualFields?: readonly Pick<SyncField, 'id' | 'titles'>[];
  /** What conditions on its records can be built from. Absent: they cannot be filtered. */
  filterFields?(client: Client, options: ObjectOptions): Promise<readonly FilterField[]>;
  /** How many records fit now. Absent: they cannot be counted. */
  countFitting?(
    client: Client,
    kept: Pick<KeptFilter, 'filter' | 'fields'>,
    wish: { readonly place: FilterPlace; readonly options: ObjectOptions },
  ): Promise<FilterCount>;
  /** Where its records are people: which of its fields are what of a person. */
  readonly person?: Person;
  /**
   * What changed since the cursor; null: everything that exists now, page by page (deleted ones are not
   * listed then). The last page's cursor is where the following looks start. Reads `fields` only.
   */
  changes(client: Client, wish: ChangesWish): Promise<Changes>;
  /**
   * The cursor to go on with after a write of ours, where looks pass over states that they met before: somebody
   * may bring one back just after our write. The same cursor when it passes over nothing. Absent: looks never do.
   */
  afterWrite?(cursor: FieldValue): FieldValue;
  /**
   * Where announcements say which record they are of: what they name, as it is now. Absent: an announcement makes a
   * look at everything that changed. A record stands under the id that is announced where its own is that one, or begins
   * with it and a stroke (`12/40` under `12`); one that stands under it and is not answered is gone.
   */
  readonly announced?: Announced<Client>;
  /** The records as they are now, by id, in batches of `batch.read`; an id that is missing is gone. */
  read(client: Client, wish: ReadWish): Promise<readonly SideRecord[]>;
  /** At most `batch.create` drafts; one outcome for each, in order. */
  create(client: Client, drafts: readonly Draft[], options: ObjectOptions): Promise<readonly WriteOutcome[]>;
  /** At most `batch.update` patches; one outcome for each, in order. */
  update(client: Client, patches: readonly Patch[], options: ObjectOptions): Promise<readonly WriteOutcome[]>;
  /**
   * Fields that a write of these values takes several calls for. What one that broke off left of them is neither what was
   * there nor what was sent, and no person's change: it is written to its end. Absent: each field is written whole.
   */
  inSteps?(values: FieldValues): readonly string[];
  /** Why a record of these values is made by nobody here, before anything is sent; null: it is made. Absent: every one is. */
  declines?(values: FieldValues): Sentence | null;
  /** Set where what is gone is made again by people only: a person whom somebody took out of a mailing list. */
  readonly staysGone?: StaysGone<Client>;
  /** Why its records cannot be taken away, where the vendor has no way: each removal is refused. */
  readonly stays?: Sentence;
  /** At most `batch.remove` ids; a record that is gone already is an `ok`. */
  remove(client: Client, ids: readonly string[], options: ObjectOptions): Promise<readonly WriteOutcome[]>;
  /** Records of another kind that are made beside these, where there are any. */
  readonly companions?: Companions<Client>;
  /** Most records in one call. */
  readonly batch: {
    readonly list: number;
    readonly read: number;
    readonly create: number;
    readonly update: number;
    readonly remove: number;
  };
  /**
   * How long after a write the vendor may still show the state before it, in milliseconds (0: never).
   * Within it a change is read again by id, and a create whose outcome is unknown is not repeated.
   */
  readonly lagMs: number;
  /**
   * False for a record of these values that a whole reading does not list, by its options: it is too old. That
   * it was not met then says nothing. Absent: every record is listed. @param now epoch milliseconds.
   */
  isListed?(values: FieldValues, options: ObjectOptions, now: number): boolean;
  /** What an admin chooses for it; the calls read them as `options`. */
  readonly options?: readonly SideOption[];
  /** Topics of the connector's webhooks that announce a change of this object. */
  readonly topics: readonly string[];
  /** What calls cost, for the preview. `credits`: the vendor's own unit, where it has one. */
  readonly cost?: {
    readonly unit: Sentence;
    credits(calls: { list: number; read: number; write: number; records: number }): number;
  };
  /**
   * Makes fields of the organisation's own that can hold values of these kinds, where there are none of
   * their names yet: safe to repeat. Absent where the vendor takes no new fields.
   *
   * @returns the id of each, in order.
   */
  makeFields?(
    client: Client,
    wishes: readonly { readonly name: string; readonly kind: FieldKind }[],
  ): Promise<readonly string[]>;
  /** The record in the vendor's own interface. */
  url?(
    id: string,
    account: { readonly id: string; readonly facts?: Readonly<Record<string, string>> },
  ): string;
}

/** How records are read that announcements name. */
export interface Announced<Client> {
  /** Most announced ids in one reading. */
  readonly most: number;
  /** @param wish `ids` as the connector's webhooks name them: of a product, all that is sold of it. */
  read(client: Client, wish: ReadWish): Promise<readonly SideRecord[]>;
}

/** How it is known, before anything is sent, that a record would be one that is gone. */
export interface StaysGone<Client> {
  /** As people read it beside the record that it would come from. */
  readonly why: Sentence;
  /** The id that a record of these values has there; null: none yet. */
  idOf(values: FieldValues): string | null;
  /**
   * Whether what was made may be shown by no call: somebody has to confirm it first. Where a look did not find what was
   * sent without an answer, it counts as gone then, and is not sent again.
   */
  mayBeUnseen(client: Client, options: ObjectOptions): Promise<boolean>;
}

export interface ChangesWish {
  readonly cursor: FieldValue;
  readonly fields: readonly string[];
  readonly options: ObjectOptions;
  /** Names of `filterFields` that a filter asks about: each record comes with them. Absent: none. */
  readonly facts?: readonly string[];
}

export interface ReadWish {
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  readonly options: ObjectOptions;
  /** Names of `filterFields` that a filter asks about: each record comes with them. Absent: none. */
  readonly facts?: readonly string[];
}
