import { useState } from 'react';
import { savedMeanwhile } from '../../drafts/changed-meanwhile.ts';

/** A filter as it is saved. */
export interface SavedFilter {
  readonly filterVersion: string;
}

export interface ShownFilter<Saved> {
  /** The version that this form edits: what a save is sent with. */
  readonly version: string;
  /** The filter that was saved elsewhere, once a save was refused for it: to be chosen between. */
  readonly other: Saved | null;
  choose(whose: 'mine' | 'theirs'): void;
}

/**
 * Which saved filter a form stands on. As long as nothing is edited it follows what is saved, also elsewhere; an edited
 * one stays on what it was made from, and learns by its save that another one holds.
 *
 * @param saved as it is saved now.
 * @param adopt shows what is saved instead of what is shown.
 * @param forget the refusal was answered.
 */
export function useShownFilter<Saved extends SavedFilter>({
  saved,
  isChanged,
  error,
  adopt,
  forget,
}: {
  readonly saved: Saved;
  readonly isChanged: boolean;
  readonly error: unknown;
  readonly adopt: (saved: Saved) => void;
  readonly forget: () => void;
}): ShownFilter<Saved> {
  const [version, setVersion] = useState(saved.filterVersion);
  const [before, setBefore] = useState(saved.filterVersion);
  if (saved.filterVersion !== before) {
    setBefore(saved.filterVersion);
    if (!isChanged) {
      setVersion(saved.filterVersion);
      adopt(saved);
    }
  }
  const current = savedMeanwhile<Saved | object>(error);
  const other = current !== null && 'filterVersion' in current ? current : null;
  return {
    version,
    other,
    choose(whose) {
      if (other === null) return;
      setVersion(other.filterVersion);
      if (whose === 'theirs') adopt(other);
      forget();
    },
  };
}
