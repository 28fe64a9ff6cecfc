import { LiaisonError } from '../../core/errors.ts';
import type { PollResult, PollSource } from '../../core/flow.ts';
import { noSpreadsheet } from '../sheet-row-to-lead/poll-rows.ts';
import { lastPlanned } from './schedule.ts';
import { noTable } from './sentences.ts';
import type { Settings } from './settings.ts';

/** Runs of one table wait for each other: they are about the same record. */
export const recordIdOf = ({ workspace, table }: Pick<Settings, 'workspace' | 'table'>): string =>
  `${workspace}/${table}`;

const lastOf = (cursor: unknown): number | null => {
  const { last } = Object(cursor) as { last?: unknown };
  return typeof last === 'number' ? last : null;
};

/**
 * Whether it is time for a run. The first is due at once; of several that came due meanwhile, one; and none while the one
 * before is not over: it comes after it.
 */
export async function lookAtClock(
  source: Pick<PollSource<Settings>, 'settings' | 'cursor' | 'now' | 'organisation' | 'isOpen'>,
): Promise<PollResult> {
  const { settings, cursor, now, organisation, isOpen } = source;
  if (settings.spreadsheetId === '') throw noSpreadsheet();
  if (settings.workspace === '' || settings.table === '')
    throw new LiaisonError('rejected', { sentence: noTable() });
  const before = lastOf(cursor);
  const planned = lastPlanned(settings, now, organisation.timeZone);
  const recordId = recordIdOf(settings);
  if (before !== null && planned <= before) return { events: [], cursor };
  if (await isOpen(recordId)) return { events: [], cursor };
  // Of the first one, the moment itself, so that turning it off and on again is another time.
  const slot = new Date(before === null ? now : planned).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    events: [{ key: slot, recordId, body: { slot } }],
    cursor: { last: before === null ? Math.max(planned, now) : planned },
  };
}
