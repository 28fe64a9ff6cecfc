import type { Formats } from '../language/formats.ts';

/** A moment (ISO 8601) within a sentence: the hour alone where it was today. */
export const momentText = (at: string, formats: Formats): string =>
  formats.day(at) === formats.day(new Date().toISOString()) ? formats.hour(at) : formats.dayAndHour(at);
