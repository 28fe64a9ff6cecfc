import { z } from 'zod';
import { FIELD_KINDS, type Filter, type Group, OPERATORS } from '../../core/filter/filter.ts';
import { LEAVINGS } from '../../core/sync/side-filter.ts';
import { failure } from './run.ts';
import { json, sentence } from './words.ts';

/** Bounds what is read at all; what a filter may be is refused in words, by `refuse-filter.ts`. */
const MOST_PARTS = 100;

const condition = z.strictObject({
  field: z.string().min(1).max(200).describe('The vendor’s name of the field.'),
  is: z.enum(OPERATORS),
  value: json
    .optional()
    .describe(
      'Of the field’s kind: a text, a number, an amount (a number in the organisation’s currency, or `{amount, currency}`), a day (`2026-12-31`, `today`, `{today: -30}`), a moment, yes or no; a list for `in`; none for `empty` and `filled`.',
    ),
});

/** A condition, or conditions within conditions. */
export const part: z.ZodType<Filter, Filter> = z.lazy(() => z.union([condition, group]));
const parts = z.array(part).max(MOST_PARTS);
/** Conditions of which all, or any one, must hold. */
export const group: z.ZodType<Group, Group> = z.union([
  z.strictObject({ all: parts }),
  z.strictObject({ any: parts }),
]);

/** Which records of a sync take part, side by side. */
export const filterOfSync = z.strictObject({
  left: group.nullable().optional().describe('Null: all of them.'),
  right: group.nullable().optional(),
  leaving: z
    .enum(LEAVINGS)
    .optional()
    .describe(
      'What becomes of a pair of which one record stops fitting. `kept`: it stays linked, and nothing is carried over until it fits again. `unlinked`: both stay, and find each other again. `removed`: the other record is removed.',
    ),
});

/** Of an automation a group; of a sync one for each side. A group alone is about the organisation's own records there. */
export const filterWish = z
  .union([group, filterOfSync])
  .describe(
    'Of an automation a group of conditions. Of a sync `{left, right, leaving}`: what is left out stays as it is, and a group alone is about the right side, the CRM’s.',
  );

/** The side of a sync that is asked about. */
export const filterSide = z
  .enum(['left', 'right'])
  .optional()
  .describe('Of a sync: whose records are meant; left out: those on the right.');

export const takes = z
  .enum(['once', 'each'])
  .describe(
    '`once`: a record is taken when it begins to fit, and never again. `each`: at each change at which it fits.',
  );

export const filterFields = z.object({
  fields: z
    .array(
      z.object({
        name: z.string(),
        kind: z.enum(FIELD_KINDS),
        titles: sentence,
        is: z.array(z.enum(OPERATORS)).describe('What can be asked of it.'),
        choices: z.array(z.object({ value: z.string(), title: z.string() })).nullable(),
        me: z.boolean().optional().describe('A user: `me` can stand for the person whose integration it is.'),
      }),
    )
    .nullable(),
  again: z
    .boolean()
    .describe('The same record may come again and again: whether it is taken once or each time is chosen.'),
  problem: failure.nullable().describe('Why the vendor could not be asked.'),
});

export const filterCountWish = z.object({
  side: filterSide,
  filter: group.optional().describe('Not saved yet; left out: as saved.'),
  settings: z.record(z.string(), json).optional().describe('Not saved yet; what is left out is as saved.'),
  connections: z
    .record(z.string().max(100), z.string().max(100))
    .optional()
    .describe('By role; of an integration that is not made yet.'),
  owner: z
    .enum(['organisation', 'me'])
    .optional()
    .describe('Whose it is to be; of an integration that is not made yet.'),
});

export const filterCount = z.object({
  count: z.int().nonnegative().nullable().describe('Records that fit now; null: they cannot be counted.'),
  more: z.boolean().describe('There are more than could be counted.'),
  words: sentence.nullable().describe('The filter in words.'),
  problem: failure.nullable().describe('Why the vendor could not be asked.'),
});

/** The filter of a sync as it is kept. */
export const keptFilterOfSync = z.object({
  left: group.nullable(),
  right: group.nullable(),
  leaving: z.enum(LEAVINGS),
});

export const integrationHistory = z.object({
  changes: z
    .array(
      z.object({
        at: z.iso.datetime(),
        enabled: z.boolean(),
        settings: z.record(z.string(), json),
        filter: group.nullable(),
        filterTakes: takes.nullable(),
        filterWords: sentence.nullable(),
        filterOfSync: keptFilterOfSync.nullable().describe('Of a sync.'),
      }),
    )
    .describe('How it was set from each moment on, newest first.'),
});
