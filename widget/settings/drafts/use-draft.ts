import { useState } from 'react';
import { differing, type Meanwhile, meanwhile, type Parts, withPart } from './meanwhile.ts';

interface Held<Shape> {
  readonly draft: Shape;
  /** What the draft was made from, part by part. */
  readonly base: Parts;
  /** What was saved elsewhere since and stands in the draft by now. */
  readonly told: readonly string[];
}

export interface DraftForm<Shape> {
  /** What the form shows. */
  readonly draft: Shape;
  /** Names of the parts that a save would change; none: nothing is unsaved. */
  readonly changed: readonly string[];
  /** Parts that were saved elsewhere since the editing began. */
  readonly told: readonly string[];
  /** Parts that were edited here and saved elsewhere: nothing is saved before a choice. */
  readonly contested: readonly string[];
  edit(next: Shape): void;
  /** Decides a contested part: what stands here, or what was saved elsewhere. */
  choose(name: string, whose: 'mine' | 'theirs'): void;
  /** Goes back to what is saved. */
  discard(): void;
  /** What the draft is once other settings turn out to be saved. */
  over(saved: Shape): Meanwhile & { readonly draft: Shape };
}

/**
 * A form over settings that may be saved elsewhere while they are edited here: nothing of either is lost.
 *
 * @param saved as they are saved now.
 * @param partsOf the parts that a person decides one by one.
 * @param shapeFrom the settings again, from their parts; `like`: what they were edited as.
 */
export function useDraft<Shape>(
  saved: Shape,
  partsOf: (shape: Shape) => Parts,
  shapeFrom: (parts: Parts, like: Shape) => Shape,
): DraftForm<Shape> {
  const [held, setHeld] = useState<Held<Shape> | null>(null);
  const now = partsOf(saved);

  const over = (other: Shape): Meanwhile & { draft: Shape } => {
    const there = partsOf(other);
    if (held === null) return { draft: other, merged: there, told: [], contested: [] };
    const mine = partsOf(held.draft);
    const found = meanwhile(held.base, mine, there);
    const isAsEdited = differing(found.merged, mine).length === 0;
    const draft = isAsEdited ? held.draft : shapeFrom(found.merged, held.draft);
    return { ...found, draft, told: [...new Set([...held.told, ...found.told])] };
  };

  const { draft, told, contested } = over(saved);
  /** What is saved, but for what is still to be chosen: that stands on what it was made from. */
  const rebased = (): Parts =>
    contested.reduce((parts, name) => withPart(parts, name, held?.base.get(name)), now);
  const parts = partsOf(draft);

  return {
    draft,
    changed: held === null ? [] : differing(parts, now),
    told,
    contested,
    edit: (next) => setHeld({ draft: next, base: rebased(), told }),
    choose(name, whose) {
      const base = withPart(rebased(), name, now.get(name));
      const next = whose === 'mine' ? draft : shapeFrom(withPart(parts, name, now.get(name)), draft);
      setHeld({ draft: next, base, told: told.filter((one) => one !== name) });
    },
    discard: () => setHeld(null),
    over,
  };
}
