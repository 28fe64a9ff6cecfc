import type { ReactNode } from 'react';
import { Icon } from '../pieces/icon.tsx';

interface FoldButtonProps {
  readonly isOpen: boolean;
  readonly fold: (folded: boolean) => void;
  readonly children: ReactNode;
}

/** The title of a card, which opens and folds it. */
export function FoldButton({ isOpen, fold, children }: FoldButtonProps) {
  return (
    <button type="button" className="fold" aria-expanded={isOpen} onClick={() => fold(isOpen)}>
      <Icon name="unfold" />
      {children}
    </button>
  );
}
