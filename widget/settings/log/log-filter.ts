import type { RunState } from '../../../server/api/contract.ts';
import { momentOf, startOfDay } from '../../language/wall-time.ts';
import type { LogFilter } from './run-queries.ts';

export const PERIODS = ['any', 'hour', 'today', 'week', 'month', 'custom'] as const;
export type Period = (typeof PERIODS)[number];

/** The filters as the address keeps them: what the user chose, in the user's own terms. */
export interface LogChoice {
  /** Of one integration. */
  readonly integration: string;
  readonly record: string;
  readonly state: RunState | '';
  readonly period: Period;
  /** Wall times in the organisation's zone, for the custom period. */
  readonly from: string;
  readonly to: string;
}

const STATES: readonly string[] = ['waiting', 'running', 'done', 'skipped', 'shelved', 'superseded'];
const isState = (text: string): text is RunState => STATES.includes(text);
const isPeriod = (text: string): text is Period => (PERIODS as readonly string[]).includes(text);

/** Reads the address; what it cannot mean is as if it were not there. */
export function readChoice(search: URLSearchParams): LogChoice {
  const text = (name: string) => search.get(name)?.trim() ?? '';
  const [state, period] = [text('state'), text('period')];
  return {
    // Addresses that were kept name the flow: its first integration has the same id.
    integration: (text('integration') || text('flow')).slice(0, 100),
    record: text('record').slice(0, 200),
    state: isState(state) ? state : '',
    period: isPeriod(period) ? period : 'any',
    from: text('from'),
    to: text('to'),
  };
}

/** What goes back into the address. */
export function writeChoice(choice: LogChoice): Record<string, string> {
  const { period, from, to, ...rest } = choice;
  if (period === 'any') return rest;
  return period === 'custom' ? { ...rest, period, from, to } : { ...rest, period };
}

export const isFiltered = ({ integration, record, state, period }: LogChoice): boolean =>
  integration !== '' || record !== '' || state !== '' || period !== 'any';

const LENGTHS_MS = { hour: 3_600_000, week: 7 * 86_400_000, month: 30 * 86_400_000 } as const;

/** What the server is asked. `now` (epoch milliseconds) is where the relative periods end. */
export function filterOf(choice: LogChoice, timeZone: string, now: number): LogFilter {
  const { from, to } = boundsOf(choice, timeZone, now);
  return {
    ...(choice.integration !== '' && { integration: choice.integration }),
    ...(choice.record !== '' && { record: choice.record }),
    ...(choice.state !== '' && { state: choice.state }),
    ...(from !== null && { from: new Date(from).toISOString() }),
    ...(to !== null && { to: new Date(to).toISOString() }),
  };
}

function boundsOf(
  choice: LogChoice,
  timeZone: string,
  now: number,
): { from: number | null; to: number | null } {
  switch (choice.period) {
    case 'any':
      return { from: null, to: null };
    case 'custom':
      return { from: momentOf(choice.from, timeZone), to: momentOf(choice.to, timeZone) };
    case 'today':
      return { from: startOfDay(now, timeZone), to: null };
    default:
      return { from: now - LENGTHS_MS[choice.period], to: null };
  }
}
