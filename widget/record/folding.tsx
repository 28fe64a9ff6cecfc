import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type Folds, recallFolds, rememberFolds } from './remembered-folds.ts';
import { useWho } from './who.tsx';

interface Folding {
  readonly folds: Folds;
  fold(group: string, folded: boolean): void;
}

const FoldingContext = createContext<Folding>({ folds: {}, fold: () => undefined });

/** Holds what the person folded and unfolded, on every record that they look at. */
export function FoldingByPerson({ children }: { children: ReactNode }) {
  const who = useWho();
  const person = who === undefined ? null : (who.user?.id ?? '');
  const [chosen, setChosen] = useState<Folds>({});
  const [whose, setWhose] = useState(person);
  if (whose !== person) {
    setWhose(person);
    // What is chosen before it is known who looks is theirs; what somebody else chose is not.
    if (whose !== null) setChosen({});
  }
  const remembered = useMemo(() => recallFolds(person), [person]);
  const folding = useMemo<Folding>(() => {
    const folds = { ...remembered, ...chosen };
    return {
      folds,
      fold(group, folded) {
        const now = { ...chosen, [group]: folded };
        setChosen(now);
        if (person !== null) rememberFolds(person, { ...remembered, ...now });
      },
    };
  }, [remembered, chosen, person]);
  return <FoldingContext value={folding}>{children}</FoldingContext>;
}

/** Whether the person folded this card, or unfolded it; null: neither. */
export function useFold(group: string): readonly [boolean | null, (folded: boolean) => void] {
  const { folds, fold } = useContext(FoldingContext);
  return [folds[group] ?? null, (folded) => fold(group, folded)];
}
