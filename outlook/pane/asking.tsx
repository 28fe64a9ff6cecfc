import { useMailWords } from '../language/words.ts';

/** Where something of the CRM will stand. */
export function Asking() {
  const words = useMailWords();
  return (
    <div className="record-card skeleton" role="status">
      <p className="unseen">{words.looking}</p>
      <span />
      <span />
    </div>
  );
}
