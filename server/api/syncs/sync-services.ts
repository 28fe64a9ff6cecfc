import type { Side } from '../../core/sync/mapping.ts';
import type { SyncFilter } from '../../core/sync/side-filter.ts';
import type {
  Answer,
  FilterCountAnswer,
  FilterCountWish,
  FilterFieldsAnswer,
  FilterWish,
  LiveSync,
  SyncDetail,
  SyncExclusionCode,
  SyncFields,
  SyncLink,
  SyncPreview,
  SyncPreviewQuery,
  SyncPreviewRecords,
  SyncRecordsPage,
  SyncRecordsQuery,
  SyncSettingsChange,
  SyncSummary,
  SyncUndoPreview,
} from '../contract.ts';

type Started = Answer<'previewSync'>;
type Touched = Answer<'retrySyncShelf'>;

/** A filter that can be kept. */
export interface CheckedFilter {
  /** Null: every record takes part. */
  readonly filter: SyncFilter | null;
  /** By what the filter is known that it was checked over. */
  readonly over: string;
}

/**
 * What the API needs to show and steer syncs. As with every service: each call names the organisation of
 * the session, and null is answered as 404, also for what is another organisation's.
 */
export interface SyncServices {
  list(organisationId: string): Promise<readonly SyncSummary[]>;
  get(organisationId: string, id: string): Promise<SyncDetail | null>;
  /** Settings that do not fit the vendors' fields are thrown as a `Problem` that names each. */
  set(organisationId: string, id: string, change: SyncSettingsChange): Promise<SyncDetail | null>;
  /** @param options JSON of options that are not saved yet. */
  fields(organisationId: string, id: string, options?: string): Promise<SyncFields | null>;

  /** What a side cannot make is thrown as a `Problem`; what its vendor refuses, as a LiaisonError. */
  makeFields(
    organisationId: string,
    id: string,
    side: Side,
    holding: readonly string[],
  ): Promise<Answer<'makeSyncFields'> | null>;

  /**
   * The filter as it would be kept, over settings that are not saved yet; a condition that cannot be is thrown as a
   * `Problem`, and so is one that was made looking at another filter than `basedOn` names.
   */
  checkFilter(
    organisationId: string,
    id: string,
    wish: FilterWish | null,
    form: Readonly<Record<string, unknown>>,
    basedOn: string | undefined,
  ): Promise<CheckedFilter | null>;
  /** A preview comes first again where it is another one. */
  keepFilter(organisationId: string, id: string, checked: CheckedFilter): Promise<void>;
  /** @param side undefined: the organisation's own records. @param form settings that are not saved yet. */
  filterFields(
    organisationId: string,
    id: string,
    side: Side | undefined,
    form: Readonly<Record<string, unknown>>,
  ): Promise<FilterFieldsAnswer | null>;
  countFiltered(organisationId: string, id: string, wish: FilterCountWish): Promise<FilterCountAnswer | null>;
  /** Of an integration that is not made yet. @param asker who would own it. */
  countFilteredOfFlow(
    organisationId: string,
    flow: string,
    wish: FilterCountWish,
    asker: string | null,
  ): Promise<FilterCountAnswer | null>;

  preview(organisationId: string, id: string): Promise<SyncPreview | null>;
  /** What the latest preview would do, record by record; nothing where there was none. */
  previewRecords(
    organisationId: string,
    id: string,
    query: SyncPreviewQuery,
  ): Promise<SyncPreviewRecords | null>;
  startPreview(organisationId: string, id: string): Promise<Started | null>;
  apply(organisationId: string, id: string): Promise<Started | null>;
  stop(organisationId: string, id: string): Promise<SyncSummary | null>;
  resume(
    organisationId: string,
    id: string,
    deletes: 'look' | 'delete' | 'keep',
  ): Promise<SyncSummary | null>;

  records(organisationId: string, id: string, query: SyncRecordsQuery): Promise<SyncRecordsPage | null>;
  retryShelf(organisationId: string, id: string): Promise<Touched | null>;
  retryRecord(organisationId: string, id: string, side: Side, record: string): Promise<Touched | null>;
  includeRecord(organisationId: string, id: string, side: Side, record: string): Promise<Touched | null>;
  /** @param reason null: whatever the reason. */
  includeAll(
    organisationId: string,
    id: string,
    reason: Exclude<SyncExclusionCode, 'vendor' | 'filter' | 'parted' | 'unfit'> | null,
  ): Promise<Touched | null>;
  decideAll(organisationId: string, id: string, winner: Side): Promise<Touched | null>;
  linkByHand(
    organisationId: string,
    id: string,
    records: { readonly left: string; readonly right: string },
  ): Promise<Answer<'linkSyncRecords'> | null>;
  link(organisationId: string, id: string, link: string): Promise<SyncLink | null>;
  decide(
    organisationId: string,
    id: string,
    link: string,
    choices: Readonly<Record<string, Side>>,
  ): Promise<Touched | null>;

  passes(organisationId: string, id: string): Promise<Answer<'listSyncPasses'> | null>;
  previewUndo(organisationId: string, id: string, pass: string): Promise<SyncUndoPreview | null>;
  undo(organisationId: string, id: string, pass: string): Promise<Started | null>;

  /**
   * Calls `onSync` each time something of a sync of this organisation changes, in any process.
   *
   * @returns the function that stops it.
   */
  live(organisationId: string, onSync: (change: LiveSync) => void): () => void;
}
