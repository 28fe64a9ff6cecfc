import fc from 'fast-check';

/** A random list of steps over orders, payments or records of its own: the member that has the list, and the rest. */
type Sequence<List extends string> = Readonly<Record<List, readonly unknown[]>>;

export interface Sequences<List extends string, S extends Sequence<List>> {
  /** Name of the member that has the list. */
  readonly list: List;
  readonly arbitrary: fc.Arbitrary<S>;
  readonly count: number;
  /** How many are played beside each other, as those of many customers are. */
  readonly together: number;
  /**
   * Plays them in one life of the product, each over what is its own, settles, and checks each by itself.
   *
   * @returns for each, in their order, what is wrong with it, or null.
   */
  play(sequences: readonly S[]): Promise<readonly (Error | null)[]>;
}

/** What `check` throws, or null: one sequence that fails must not hide the others. */
export function wrongWith(check: () => void): Error | null {
  try {
    check();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Random sequences, each drawn from a seed of its own, so that one that fails is drawn again alone:
 * `LIAISON_TEST_SEED=<its seed> LIAISON_TEST_SEQUENCES=1`.
 *
 * @throws Error that names the first one that fails: its seed, what is wrong, and its steps, those left out without
 *   which it fails alone as well.
 */
export async function holdForSequences<List extends string, S extends Sequence<List>>(
  about: Sequences<List, S>,
): Promise<void> {
  const { arbitrary, together, play, list } = about;
  const first = Number(process.env.LIAISON_TEST_SEED ?? Math.floor(Math.random() * 1_000_000_000));
  const count = Number(process.env.LIAISON_TEST_SEQUENCES ?? about.count);
  for (let from = first; from < first + count; from += together) {
    const seeds = Array.from({ length: Math.min(together, first + count - from) }, (_, at) => from + at);
    const drawn = seeds.map((seed) => drawnFrom(arbitrary, seed));
    const wrong = await play(drawn);
    if (wrong.length !== drawn.length)
      throw new Error(`${drawn.length} were played, ${wrong.length} checked`);
    const at = wrong.findIndex((one) => one !== null);
    const failing = drawn[at];
    if (failing === undefined) continue;
    const alone = await shortened(failing, about);
    throw new Error(
      [
        `The sequence of seed ${seeds[at]} fails, with ${wrong.filter((one) => one !== null).length} of ${drawn.length} beside each other:`,
        (alone?.error ?? wrong[at])?.message,
        alone
          ? `Alone it fails as well, with ${alone.sequence[list].length} of its ${failing[list].length} ${list}:`
          : `Alone it holds; LIAISON_TEST_SEED=${from} LIAISON_TEST_SEQUENCES=${drawn.length} plays those that were beside it, too:`,
        JSON.stringify(alone?.sequence ?? failing),
        `LIAISON_TEST_SEED=${seeds[at]} LIAISON_TEST_SEQUENCES=1 plays it alone.`,
      ].join('\n'),
    );
  }
}

/** The sequence of a seed, the same each time. */
function drawnFrom<S>(arbitrary: fc.Arbitrary<S>, seed: number): S {
  const [drawn] = fc.sample(arbitrary, { seed, numRuns: 1 });
  return drawn as S;
}

/** The sequence without the steps that its failure does not need; null if it holds when it is alone. */
async function shortened<List extends string, S extends Sequence<List>>(
  whole: S,
  { play, list }: Sequences<List, S>,
): Promise<{ sequence: S; error: Error } | null> {
  const failure = async (sequence: S): Promise<Error | null> => (await play([sequence]))[0] ?? null;
  let error = await failure(whole);
  if (error === null) return null;
  let sequence = whole;
  for (let at = whole[list].length - 1; at >= 0; at -= 1) {
    const less = { ...sequence, [list]: sequence[list].toSpliced(at, 1) };
    const still = await failure(less);
    if (still !== null) [sequence, error] = [less, still];
  }
  return { sequence, error };
}
