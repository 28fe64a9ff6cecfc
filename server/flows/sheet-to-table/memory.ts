import { z } from 'zod';
import type { EarlyFact, RunContext } from '../../core/flow.ts';
import { choiceOf } from '../sheet-row-to-lead/find-tab.ts';
import type { Settings } from './settings.ts';
import type { Step } from './steps.ts';

const SUBJECT = 'sheet-to-table';

const schema = z.object({
  gid: z.number(),
  headers: z.array(z.string()),
  /** Rows that stand on the shelf, by what they are called there, with the reason as it was told. */
  refused: z.record(z.string(), z.string()),
});

/** What is remembered of a sheet from its last run. */
export type Memory = z.output<typeof schema>;

/** Whether this was told before, by this flow's own name for it: the second time it is forgotten. */
export async function isToldAgain(
  { kept, keep, forget }: Pick<RunContext<Settings, Step>, 'kept' | 'keep' | 'forget'>,
  what: string,
): Promise<boolean> {
  const told = await kept([what]);
  if (told.length > 0) await forget(told);
  else await keep({ subject: what, key: 'told', fact: true });
  return told.length > 0;
}

type Context = Pick<RunContext<Settings, Step>, 'kept' | 'keep' | 'settings'>;

export async function recall({ kept, settings }: Context): Promise<Memory | null> {
  const facts: readonly EarlyFact[] = await kept([SUBJECT]);
  const own = facts.find(({ key }) => key === choiceOf(settings));
  return schema.safeParse(own?.fact).data ?? null;
}

export const remember = ({ keep, settings }: Context, fact: Memory): Promise<void> =>
  keep({ subject: SUBJECT, key: choiceOf(settings), fact });
