import { z } from 'zod';

/** Shapes that every part of the contract uses. */
export const sentence = z
  .object({ en: z.string(), fr: z.string() })
  .describe('One sentence for people, in both languages of the product.');

/** What people know a record by. */
export const label = z.union([z.string(), sentence]).describe('A name, or words in both languages.');

export const instant = z.iso.datetime({ offset: true }).describe('A moment, ISO 8601.');

export const durationMs = z.number().nonnegative().describe('Milliseconds.');

/** By what two states of the same settings are told apart. */
export const settingsVersion = z.string().describe('Another one as soon as anything of the settings is.');
export const filterVersion = z
  .string()
  .describe('By what two states of the filter are told apart: what `filterBasedOn` is sent with.');
export const basedOn = z
  .string()
  .max(100)
  .describe(
    'The version that the change was made on: where another one holds by now, nothing is saved and the answer is 409 `changed-meanwhile` with `current`. Absent: saved in any case.',
  );

/** A connector as other answers name it. */
export const connectorName = z.object({ id: z.string(), titles: sentence });

/** A connector as somebody chooses it, or recognises it in a list. */
export const application = connectorName.extend({
  mark: z
    .string()
    .nullable()
    .describe('A path on a field of 16 by 16, to be stroked beside its name; null: it has none.'),
});

export const json: z.ZodType<unknown> = z.unknown().describe('Any JSON value.');
