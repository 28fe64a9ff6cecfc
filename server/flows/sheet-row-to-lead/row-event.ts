import { z } from 'zod';
import type { FlowEvent } from '../../core/flow.ts';
import { rowCellSchema } from './sheet-rows.ts';

const sentence = z.object({ en: z.string(), fr: z.string() });
const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

const rowSchema = z.object({
  /** The line as people saw it, when it was read. */
  row: z.number(),
  /** As the CRM takes them; absent: what they are is still to be read out of the cells. */
  values: z.record(z.string(), fieldValue).optional(),
  cells: z.array(rowCellSchema).default([]),
  manner: z
    .object({ locale: z.string(), timeZone: z.string() })
    .default({ locale: 'en_US', timeZone: 'Etc/GMT' }),
  /** Fields whose cells have not been known for a while. */
  waitsFor: z.array(z.string()).optional(),
  /** Whose line it was before. */
  instead: z.string().optional(),
});

const toldSchema = z.object({ tab: z.string(), told: sentence });

/** What a look found: a row, or something about the tab to be told. */
export type Found = z.output<typeof rowSchema> | z.output<typeof toldSchema>;
export type FoundRow = z.output<typeof rowSchema>;

export const readFound = (event: FlowEvent): Found => z.union([toldSchema, rowSchema]).parse(event.body);
