/** What a person folded and unfolded, by the card's group; kept by the browser, for one person at a time. */
export type Folds = Readonly<Record<string, boolean>>;

const NAME = 'liaison.record.folds';

interface Remembered {
  readonly person: string;
  readonly folded: Folds;
}

/** @param person null: it is not known yet who looks; whoever looked last is taken for it. */
export function recallFolds(person: string | null): Folds {
  const held = read();
  return held === null || (person !== null && held.person !== person) ? {} : held.folded;
}

export function rememberFolds(person: string, folded: Folds): void {
  try {
    localStorage.setItem(NAME, JSON.stringify({ person, folded } satisfies Remembered));
  } catch {
    // Storage is refused to frames in some browsers: the choice then lasts as long as the page.
  }
}

function read(): Remembered | null {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(NAME) ?? 'null');
    return isRemembered(held) ? held : null;
  } catch {
    return null;
  }
}

const isRemembered = (held: unknown): held is Remembered =>
  typeof held === 'object' &&
  held !== null &&
  'person' in held &&
  typeof held.person === 'string' &&
  'folded' in held &&
  typeof held.folded === 'object' &&
  held.folded !== null &&
  Object.values(held.folded).every((folded) => typeof folded === 'boolean');
