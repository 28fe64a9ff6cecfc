import { z } from 'zod';

/** What a run of the whole sheet begins with. */
const wholeSchema = z.object({
  /** When it was planned for, ISO 8601: what it adds is known by it. */
  slot: z.string(),
  /** Only the first lot is played: a try. */
  firstLotOnly: z.boolean().default(false),
});

const sentence = z.object({ en: z.string(), fr: z.string() });

/** A row that was told of by such a run. */
const rowSchema = z.object({
  /** Its number in the sheet, or what several are called together. */
  row: z.string(),
  /** Absent: it is fine by now. */
  refused: sentence.optional(),
});

export type Whole = z.output<typeof wholeSchema>;
export type ToldRow = z.output<typeof rowSchema>;

export const readWhole = (body: unknown): Whole | null => wholeSchema.safeParse(body).data ?? null;
export const readToldRow = (body: unknown): ToldRow | null => rowSchema.safeParse(body).data ?? null;
