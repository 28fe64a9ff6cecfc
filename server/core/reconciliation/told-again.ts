import type { FoundEvent } from '../flow.ts';

/** What is told to the flows so that something is taken up (again), in the form in which the vendor tells of it. */
export type ToldAgain = Pick<FoundEvent, 'topic' | 'recordId' | 'body'>;

/** Said in the body of what somebody asked to be taken up again: what was deleted in the books is made anew then. */
const MARK = 'liaison_taken_up';

/** The same, asked for by somebody who saw that it is missing. */
export const byHand = (told: ToldAgain): ToldAgain => ({ ...told, body: { ...told.body, [MARK]: true } });

/** Whether somebody asked for it, so that what was deleted is to be made anew. */
export const isByHand = (body: Readonly<Record<string, unknown>>): boolean => body[MARK] === true;
