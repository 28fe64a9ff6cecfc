import { z } from 'zod';
import type { EarlyFact, RunContext } from '../../core/flow.ts';
import { choiceOf } from '../sheet-row-to-lead/find-tab.ts';
import type { Settings } from './settings.ts';
import type { Step } from './steps.ts';

const SUBJECT = 'sheet-to-table';

const schema = z.object({
  gid: z.number(),
  /** Of the tab, as people read it then. */
  title: z.string().optional(),
  headers: z.array(z.string()),
  /** Rows that stand on the shelf, by what they are called there, with the reason as it was told. */
  refused: z.record(z.string(), z.string()),
});

/** What is remembered of a sheet from its last run. */
export type Memory = z.output<typeof schema>;

/** Whether this was told before, by this flow's own name for it; from now on it was. */
export async function isToldAgain(
  { kept, keep }: Pick<RunContext<Settings, Step>, 'kept' | 'keep'>,
  what: string,
): Promise<boolean> {
  if ((await kept([what])).length > 0) return true;
  await keep({ subject: what, key: 'told', fact: true });
  return false;
}

type Context = Pick<RunContext<Settings, Step>, 'kept' | 'keep' | 'settings'>;

export async function recall({ kept, settings }: Context): Promise<Memory | null> {
  const facts: readonly EarlyFact[] = await kept([SUBJECT]);
  const own = facts.find(({ key }) => key === choiceOf(settings));
  return schema.safeParse(own?.fact).data ?? null;
}

export const remember = ({ keep, settings }: Context, fact: Memory): Promise<void> =>
  keep({ subject: SUBJECT, key: choiceOf(settings), fact });

type Alone = Context & Pick<RunContext<Settings, Step>, 'event' | 'exclusively'>;

/** What stands on the shelf is remembered by one run at a time: its rows are retried side by side, also while a whole run ends. */
export const alone = <T>({ event, exclusively }: Alone, work: () => Promise<T>): Promise<T> =>
  exclusively(`shelf ${event.topic}`, work);

/** A row leaves the shelf: where the next run refuses it for the same reason, that is new again. */
export const forgetRefused = (context: Alone, row: string, reason: string): Promise<void> =>
  alone(context, async () => {
    const memory = await recall(context);
    // For another reason it stands there by another event.
    if (memory === null || memory.refused[row] !== reason) return;
    const { [row]: _gone, ...refused } = memory.refused;
    await remember(context, { ...memory, refused });
  });
