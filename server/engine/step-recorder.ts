import type { Fact } from '../core/facts/facts.ts';
import type { StepRow, StepWrite } from '../store/steps.ts';
import { Fenced } from './fenced.ts';
import { asRunError } from './own-trouble.ts';
import { storedError } from './stored-error.ts';

/** Stores one step; false when the run is no longer held. Shared by all runs, so that they share commits. */
export type SaveStep = (step: StepWrite) => Promise<boolean>;

/**
 * Stores how far a step is, and what receivers are told of it; `found`: it is done because its record was there
 * already.
 */
export type Commit = (
  state: 'sending' | 'done',
  output?: unknown,
  found?: boolean,
  fact?: Fact | null,
) => Promise<void>;

const KEPT_EXCHANGES = 30;

/** The steps of one run in hand: what earlier attempts left, and what this one adds. */
export class StepRecorder {
  readonly #save: SaveStep;
  readonly #run: { readonly id: string; readonly owner: string };
  readonly #now: () => number;
  readonly #kept: number;
  readonly #known = new Map<string, StepRow>();
  #position = 0;
  #exchanges: object[] | null = null;

  constructor(options: {
    save: SaveStep;
    run: { id: string; owner: string };
    stored: readonly StepRow[];
    now: () => number;
    /** Exchanges of one step that are kept, the latest; 30 unless said otherwise. */
    kept?: number;
  }) {
    this.#save = options.save;
    this.#run = options.run;
    this.#now = options.now;
    this.#kept = options.kept ?? KEPT_EXCHANGES;
    for (const step of options.stored) this.#known.set(step.name, step);
  }

  /** The step as an earlier attempt left it. Also fixes its place in the order of this attempt. */
  begin(name: string): { readonly earlier: StepRow | undefined; readonly position: number } {
    const position = this.#position;
    this.#position += 1;
    return { earlier: this.#known.get(name), position };
  }

  /** Every exchange with a vendor belongs to the step under way; outside one there must be none. */
  readonly onExchange = (exchange: object): void => {
    this.#exchanges?.push(exchange);
  };

  /** Runs one attempt of a step, and stores how it failed before the failure goes on. */
  async attempt<T>(
    step: { name: string; position: number; marker: string | null; earlier: StepRow | undefined },
    work: (commit: Commit) => Promise<T>,
  ): Promise<T> {
    const exchanges: object[] = [];
    this.#exchanges = exchanges;
    const startedAt = new Date(this.#now());
    const write = (
      state: StepRow['state'],
      output: unknown,
      error: StepRow['error'],
      found = false,
      fact: Fact | null = null,
    ): Promise<void> =>
      this.#store(
        {
          name: step.name,
          position: step.position,
          state,
          marker: step.marker,
          output,
          found,
          error,
          exchanges: [...(step.earlier?.exchanges ?? []), ...exchanges].slice(-this.#kept),
          attempts: (step.earlier?.attempts ?? 0) + 1,
          startedAt: step.earlier?.startedAt ?? startedAt,
          finishedAt: state === 'sending' ? null : new Date(this.#now()),
        },
        fact,
      );
    try {
      return await work((state, output, found, fact) => write(state, output ?? null, null, found, fact));
    } catch (thrown) {
      if (thrown instanceof Fenced) throw thrown;
      const error = asRunError(thrown);
      await write('failed', null, storedError(error));
      throw error;
    } finally {
      this.#exchanges = null;
    }
  }

  async #store(row: StepRow, fact: Fact | null): Promise<void> {
    const stored = await this.#save({ ...row, fact, runId: this.#run.id, owner: this.#run.owner });
    if (!stored) throw new Fenced(`run ${this.#run.id} is no longer ours`);
    this.#known.set(row.name, row);
  }
}
