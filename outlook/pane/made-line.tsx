import { useEffect, useRef } from 'react';
import { useMailWords } from '../language/words.ts';
import type { OpenItem } from '../office/item.ts';
import { useMade } from './mail-queries.ts';

/** Who was made from what is open, once somebody was. The keyboard goes on from there: the form is gone. */
export function MadeLine({ item }: { item: OpenItem }) {
  const made = useMade(item);
  if (made === undefined) return null;
  return <Line key={made.record.id} name={made.record.name} isNew={made.outcome === 'made'} />;
}

function Line({ name, isNew }: { name: string; isNew: boolean }) {
  const words = useMailWords();
  const shown = useRef<HTMLParagraphElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <p ref={shown} tabIndex={-1} role="status" className="notice good">
      {isNew ? words.made(name) : words.existed(name)}
    </p>
  );
}
