import { useEffect, useRef, useState } from 'react';
import { useMailWords } from '../language/words.ts';
import type { MailAddress, OpenItem } from '../office/item.ts';
import { MakePerson, type PersonModule } from './make-person.tsx';

interface NobodyCardProps {
  /** Read for a signature, where it is theirs. */
  readonly item: OpenItem;
  readonly who: MailAddress;
  readonly named: boolean;
}

/** An address that nobody in the CRM has: somebody can be made of it. */
export function NobodyCard({ item, who, named }: NobodyCardProps) {
  const words = useMailWords();
  const [making, make] = useState<PersonModule | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasMaking = useRef(false);
  useEffect(() => {
    // The form takes the button's place, and gives the keyboard back to it.
    if (making === null && wasMaking.current) button.current?.focus();
    wasMaking.current = making !== null;
  }, [making]);
  if (making !== null) return <MakePerson item={item} who={who} module={making} close={() => make(null)} />;
  return (
    <section className="record-card nobody" aria-label={who.address}>
      {named && (
        <p>
          {who.name !== '' && <strong>{who.name} </strong>}
          <span className="quiet">{who.address}</span>
        </p>
      )}
      <p>{words.nobody}</p>
      <p className="actions">
        <button ref={button} type="button" className="primary" onClick={() => make('Leads')}>
          {words.makeLead}
        </button>
        <button type="button" onClick={() => make('Contacts')}>
          {words.makeContact}
        </button>
      </p>
    </section>
  );
}
