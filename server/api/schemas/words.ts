import { z } from 'zod';

/** Shapes that every part of the contract uses. */
export const sentence = z
  .object({ en: z.string(), fr: z.string() })
  .describe('One sentence for people, in both languages of the product.');

export const instant = z.iso.datetime({ offset: true }).describe('A moment, ISO 8601.');

export const durationMs = z.number().nonnegative().describe('Milliseconds.');

/** A connector as other answers name it. */
export const connectorName = z.object({ id: z.string(), titles: sentence });

export const json: z.ZodType<unknown> = z.unknown().describe('Any JSON value.');
