import { useSpeech } from '../../widget/language/language.tsx';

/** Where something of the CRM will stand. */
export function Asking() {
  const { texts } = useSpeech();
  return (
    <div className="record-card skeleton" role="status">
      <p className="unseen">{texts.mail.looking}</p>
      <span />
      <span />
    </div>
  );
}
