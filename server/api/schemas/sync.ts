import { z } from 'zod';
import { PREVIEW_KINDS } from '../../store/sync-preview-items.ts';
import { keptFilterOfSync } from './filter.ts';
import { integrationFacts } from './integration.ts';
import { failure } from './run.ts';
import { basedOn, connectorName, filterVersion, instant, sentence, settingsVersion } from './words.ts';

const count = z.int().nonnegative();

export const side = z.enum(['left', 'right']);

export const fieldKind = z.enum([
  'text',
  'long-text',
  'email',
  'phone',
  'name',
  'company',
  'code',
  'number',
  'price',
  'stock',
  'boolean',
  'date',
  'birthday',
  'consent',
  'choice',
  'labels',
  'json',
]);

/** A record's value of one field, as JSON. Null: blank. */
const value = z.unknown().describe('A value as the vendor holds it; null when it is blank.');

export const recordCounts = z
  .object({
    inSync: count,
    waiting: count,
    failing: count,
    conflicts: count,
    differing: count.describe('Linked pairs that an undo left different: they are not in sync.'),
    excluded: count,
    alone: count.describe('Without a counterpart, and the settings make none.'),
  })
  .describe('Per record: a linked pair counts once, in its worst state.');

export const exclusionCode = z
  .enum(['vendor', 'ambiguous', 'incomplete', 'filter', 'parted', 'unfit', 'kept', 'undone', 'loop', 'admin'])
  .describe(
    '`vendor`: cannot be taken in here. `incomplete`: lacks what the other side needs. `filter`: does not fit its side’s filter; `parted`: its counterpart does not; `unfit`: what it would make on the other side does not.',
  );

export const syncPhase = z
  .enum(['new', 'previewing', 'previewed', 'applying', 'live', 'paused', 'undoing'])
  .describe('`new`: nothing was read yet, or the settings changed and a preview comes first again.');

const progress = z.object({
  done: count,
  total: count.nullable().describe('Null while it is not known.'),
  stage: z.enum(['reading', 'planning', 'writing', 'finished']),
});

const passKind = z.enum(['preview', 'apply', 'live', 'undo', 'undo-preview']);

const look = z.object({
  askedAt: instant.nullable().describe('When the side was last read to its end.'),
  sweptAt: instant.nullable().describe('When everything was last compared.'),
});

const syncSide = z.object({
  object: z.string(),
  titles: sentence.describe('What the records are called, plural.'),
  connector: connectorName
    .extend({ connected: z.boolean() })
    .nullable()
    .describe('Null: accounts of several can take the role, and none is chosen yet.'),
});

/** An integration of a sync. */
export const syncSummary = integrationFacts.extend({
  kind: z.literal('sync'),
  direction: sentence.describe('From where, to where, what.'),
  native: sentence.describe('What the CRM’s own suite offers for this, and when to prefer it.'),
  left: syncSide,
  right: syncSide,
  filter: keptFilterOfSync.nullable().describe('Which records take part; null: all of them.'),
  filterWords: z
    .object({ left: sentence.nullable(), right: sentence.nullable() })
    .nullable()
    .describe('The filter in words, by side.'),
  filterVersion,
  phase: syncPhase,
  begun: z
    .boolean()
    .describe('Whether it was ever applied: what is `new` then was stopped, and its links are kept.'),
  counts: recordCounts,
  leftOut: z
    .array(z.object({ code: exclusionCode, records: count }))
    .describe('The excluded by reason, the most frequent first.'),
  gaps: count.describe('Changes that a sweep found and no webhook had announced.'),
  pause: z
    .object({
      code: z.enum(['brake', 'doubt', 'account', 'contradiction', 'admin', 'undo']),
      sentence,
      count: count.nullable().describe('Records that the brake kept from being deleted or unlinked.'),
      phase: syncPhase.describe('Where it goes on.'),
    })
    .nullable(),
  error: failure.nullable().describe('Why it cannot go on; it tries again by itself.'),
  pass: z
    .object({ id: z.uuid(), kind: passKind, progress, startedAt: instant })
    .nullable()
    .describe('The pass in hand.'),
  looks: z.object({ left: look, right: look, next: instant.nullable() }),
});

const direction = z.enum(['both', 'to-left', 'to-right']);
const blank = z
  .enum(['clear', 'leave', 'ask'])
  .describe('What a blank on the winning side does to the other.');

const fieldMapping = z.object({
  left: z.string(),
  right: z.string(),
  kind: fieldKind,
  direction,
  master: side.describe('Wins when both sides changed; of a one-way field the side that it comes from.'),
  blank,
});

const deletePolicy = z.enum(['delete', 'keep']).describe('What a deletion on the other side does here.');

const rules = z.object({
  fields: z.array(fieldMapping),
  matchBy: z.array(z.array(z.string())).describe('By left field ids, the most trusted key first.'),
  create: z.object({ left: z.boolean(), right: z.boolean() }),
  remove: z.object({ left: deletePolicy, right: deletePolicy }),
  country: z.string().describe('ISO 3166: of phone numbers that name none.'),
});

const options = z.record(z.string(), z.unknown());
const sideOptions = z.object({ left: options, right: options });
const brake = z.object({ records: z.int().min(0).max(1_000_000), percent: z.int().min(0).max(100) });

export const syncSettings = z.object({
  rules,
  options: sideOptions,
  everySeconds: z.int(),
  sweepHours: z.number(),
  brake,
});

export const syncDetail = syncSummary.extend({
  settings: syncSettings,
  version: settingsVersion,
  defaults: syncSettings.describe('What holds until an admin changes it.'),
});

const fieldId = z.string().min(1).max(200);

/** A mapping as it is sent: the kind of a row follows from its fields. */
export const syncSettingsChange = z
  .object({
    rules: z
      .object({
        fields: z
          .array(z.object({ left: fieldId, right: fieldId, direction, master: side, blank }))
          .min(1)
          .max(100),
        matchBy: z.array(z.array(fieldId).min(1).max(5)).min(1).max(5),
        create: z.object({ left: z.boolean(), right: z.boolean() }),
        remove: z.object({ left: deletePolicy, right: deletePolicy }),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional(),
      })
      .optional(),
    options: sideOptions.optional(),
    everySeconds: z.int().min(10).max(86_400).optional(),
    sweepHours: z.int().min(1).max(168).optional(),
    brake: brake.optional(),
    basedOn: basedOn.optional(),
  })
  .describe('What is left out stays as it is. A change of rules or options asks for a new preview.');

const syncField = z.object({
  id: z.string(),
  titles: sentence,
  kind: fieldKind,
  readOnly: z.boolean(),
  required: z.boolean(),
  maxLength: z.int().nullable(),
  newName: sentence
    .nullable()
    .describe('What a field that is made to hold it is called; null: none is offered.'),
});

const fieldsOfSide = z.object({
  fields: z.array(syncField).nullable().describe('Null when the vendor could not be asked.'),
  problem: failure.nullable().describe('Why the fields are not known.'),
  takesNewFields: z.boolean().describe('Whether fields can be made there.'),
  options: z.array(
    z.object({
      id: z.string(),
      titles: sentence,
      hints: sentence.nullable(),
      kind: z.enum(['boolean', 'choice', 'text']),
      fallback: z.union([z.string(), z.boolean()]).nullable(),
      choices: z.array(z.object({ id: z.string(), titles: sentence })).nullable(),
    }),
  ),
});

export const syncFields = z
  .object({ left: fieldsOfSide, right: fieldsOfSide })
  .describe('What a mapping may choose from, as both vendors say now.');

export const newFieldsWish = z.object({
  side: side.describe('Where they are made.'),
  holding: z.array(z.string().max(200)).min(1).max(20).describe('Ids of the other side’s fields.'),
});
export const newFields = z.object({
  fields: z.array(z.object({ holding: z.string(), id: z.string() })),
});

export const syncFieldsQuery = z.object({
  options: z
    .string()
    .max(4_000)
    .optional()
    .describe('JSON of {left, right}: options that are not saved yet. Absent: the saved ones.'),
});

const sideCounts = z.object({ create: count, update: count, remove: count });
const credits = z.object({ unit: sentence, count: z.number().nonnegative() }).nullable();

const companionsForecast = z
  .object({
    titles: sentence.describe('What they are called, plural.'),
    create: count,
    names: z.array(z.string()).describe('The first of them, by name.'),
  })
  .nullable()
  .describe('Null: this side makes none.');

export const forecast = z.object({
  counts: z.object({
    left: sideCounts,
    right: sideCounts,
    matched: count.describe('Pairs that were found and not yet linked.'),
    conflicts: count.describe('Pairs of which both sides changed a field, and the master decides.'),
    asks: count.describe('Pairs of which a person must decide a field.'),
    excluded: count,
    unlinked: count,
  }),
  untouched: z.object({ left: count, right: count }).describe('Records that nothing would be done about.'),
  unfitting: z
    .object({
      left: count,
      right: count,
      leaving: count.describe(
        'Linked pairs of which one record does not fit: they leave, as the filter says.',
      ),
    })
    .describe('Records that do not fit the filter of their side.'),
  refused: count.describe(
    'Values that are not sent, because their field cannot hold them: they go to the shelf, the rest is written.',
  ),
  companions: z
    .object({ left: companionsForecast, right: companionsForecast })
    .describe('Records of another kind that the apply would make beside these, by side.'),
  calls: z.object({ left: count, right: count }).describe('Vendor calls.'),
  credits: z
    .object({ left: credits, right: credits })
    .describe('In the vendor’s own unit, where it has one.'),
  seconds: z.number().nonnegative(),
  matchedBy: z.record(z.string(), count).describe('Pairs by the left fields that they were matched by.'),
});

const record = z.object({
  id: z.string(),
  label: z.string(),
  url: z.string().nullable().describe("The record in the vendor's own interface."),
});

const conflict = z.object({
  field: z.string().describe('Left field id.'),
  left: value,
  right: value,
  winner: side.nullable().describe('Null when a person must decide.'),
});

const sample = z.object({
  kind: z.enum(['pair', 'create', 'remove', 'unlink', 'exclude']),
  label: z.string(),
  left: z.object({ id: z.string(), url: z.string().nullable() }).nullable(),
  right: z.object({ id: z.string(), url: z.string().nullable() }).nullable(),
  matchedBy: z.array(z.string()).nullable(),
  differences: z.array(
    z.object({ field: z.string(), side: side.describe('Where it is written.'), before: value, after: value }),
  ),
  conflicts: z.array(conflict),
  reason: sentence.nullable(),
});

const passCompanions = z.object({
  side,
  titles: sentence,
  made: count.describe('By this pass; of an undo: by the pass that it took back.'),
  removed: count.describe('Taken away by an undo.'),
  stay: count.describe('That an undo left, with the reason.'),
  records: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        url: z.string().nullable(),
        state: z.enum(['made', 'removed', 'stays']),
        reason: sentence.nullable(),
      }),
    )
    .describe('The first of them, by name.'),
});

export const passSummary = z.object({
  id: z.uuid(),
  kind: passKind,
  state: z
    .enum(['running', 'paused', 'done', 'cancelled', 'failed'])
    .describe('`paused`: stopped with its sync, and goes on with it.'),
  ofPass: z.uuid().nullable().describe('The pass that an undo takes back.'),
  progress,
  error: failure.nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  written: z.object({ left: sideCounts, right: sideCounts }).describe('Records that were written.'),
  companions: z
    .array(passCompanions)
    .describe('Records of another kind that were made beside these (the accounts of companies).'),
  failed: count.describe('Writes that the vendor refused.'),
  undone: count.describe('Writes that were taken back since.'),
  undoable: z.boolean(),
});

export const passes = z.object({ passes: z.array(passSummary).describe('Newest first.') });

export const previewAnswer = z.object({
  pass: passSummary.nullable().describe('The latest preview; null when there was none.'),
  forecast: forecast.nullable().describe('Null until it is done.'),
  samples: z.array(sample),
});

export const previewKind = z
  .enum(PREVIEW_KINDS)
  .describe(
    '`change`: something of a pair is written; `matched`: a pair that is to be linked; `conflict`: both sides changed and the master decides; `ask`: a person decides; `refused`: a value does not fit; `companion`: made beside the records (the account of a company).',
  );

export const previewRecordsQuery = z.object({
  kind: previewKind.optional(),
  search: z.string().trim().min(1).max(200).optional().describe('Part of a label.'),
  cursor: z.string().min(1).max(100).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const previewRecordsPage = z.object({
  total: count.describe('Of the whole preview.'),
  kinds: z
    .array(z.object({ kind: previewKind, records: count }))
    .describe('Of the whole preview; a record may be of several.'),
  records: z.array(sample).describe('What overwrites and deletes first.'),
  next: z.string().nullable().describe('Cursor of the next page; null at the end.'),
});

export const startedPass = z.object({ pass: z.uuid() });
export const resumeWish = z.object({
  deletes: z
    .enum(['look', 'delete', 'keep'])
    .default('look')
    .describe('After the brake: look again, carry the deletes over, or keep the other side’s records.'),
});

export const recordState = z.enum([
  'in-sync',
  'waiting',
  'failing',
  'conflict',
  'differing',
  'excluded',
  'alone',
]);

const recordFailure = failure.extend({
  side: side.nullable().describe('The side that refused; null when that is not known.'),
  value: value.describe('What would have been written into the field that was refused.'),
  attempts: count,
});

export const syncRecord = z.object({
  id: z.string().describe('Of this row: a link, or a record without one.'),
  link: z.string().nullable(),
  state: recordState,
  left: record.nullable(),
  right: record.nullable(),
  failure: recordFailure.nullable(),
  exclusion: z
    .object({
      code: exclusionCode,
      sentence,
      side,
      /** What the vendor itself keeps out cannot be taken in here. */
      canInclude: z.boolean(),
    })
    .nullable(),
  leftAlone: z
    .array(z.object({ field: z.string(), side, sentence }))
    .describe('Fields that a side does not tell whole: neither carried over nor written over, and why.'),
  conflicts: z
    .array(conflict.extend({ choice: side.nullable().describe('Decided, and not yet done.') }))
    .describe('Fields that a person must decide.'),
  differing: z.array(z.string()).describe('Left field ids that differ since an undo.'),
});

export const syncRecordsQuery = z.object({
  state: recordState.optional(),
  reason: exclusionCode.optional().describe('Only what is left out for this reason.'),
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Part of a name, an address or a number of the record, in any case and without accents; or its id.',
    ),
  unlinked: side.optional().describe('Only records of this side that have no link.'),
  cursor: z.string().min(1).max(4_000).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const syncRecordsPage = z.object({
  records: z.array(syncRecord).describe('By label.'),
  next: z.string().nullable().describe('Cursor of the next page; null at the end.'),
});

const fieldWrite = z.object({
  at: instant,
  from: side.describe('The side that the value came from.'),
  before: value,
  after: value,
  pass: z.object({ id: z.uuid(), kind: passKind }),
  undone: z.boolean(),
});

const linkedRecord = record.extend({
  version: z.string().nullable(),
  deleted: z.boolean(),
  seenAt: instant.nullable().describe('When Liaison last looked at it.'),
  writtenAt: instant.nullable().describe('When Liaison last wrote it.'),
});

export const syncLink = syncRecord.extend({
  link: z.string(),
  linkedAt: instant,
  records: z.object({ left: linkedRecord.nullable(), right: linkedRecord.nullable() }),
  fields: z.array(
    fieldMapping.extend({
      values: z.object({ left: value, right: value }),
      agreed: z.object({ left: value, right: value }).nullable().describe('At the last agreement.'),
      last: fieldWrite.nullable().describe('The last write of Liaison; null when it never wrote it.'),
      history: z.array(fieldWrite).describe('Newest first.'),
    }),
  ),
});

export const decision = z
  .object({ choices: z.record(fieldId, side) })
  .describe('By left field id: the side whose value stays.');
export const decisionForAll = z.object({ winner: side });
const recordId = z.string().min(1).max(500);
export const handLink = z.object({ left: recordId, right: recordId }).describe('Ids of two records.');
export const madeLink = z.object({ link: z.string() });
export const inclusion = z.object({
  reason: exclusionCode
    .exclude(['vendor', 'filter', 'parted', 'unfit'])
    .optional()
    .describe(
      'Only what is left out for this reason; `undone` also for pairs that differ. Absent: all of it.',
    ),
});
export const touched = z.object({ records: count.describe('How many it was done for.') });

export const undoPreview = z.object({
  operations: z.object({ left: sideCounts, right: sideCounts }),
  skipped: z.array(
    z.object({
      side,
      recordId: z.string(),
      label: z.string(),
      field: z.string().nullable().describe('Null: the whole record.'),
      reason: sentence,
    }),
  ),
  companions: z
    .array(z.object({ side, titles: sentence, count }))
    .describe('Made by the pass beside its records: they go where nobody changed and nothing uses them.'),
  skippedTotal: count.describe('All of them; `skipped` lists the first.'),
});

export const liveSync = z
  .object({ sync: z.string(), phase: syncPhase })
  .describe('Something of a sync changed: read it again.');
