import { useId, useState } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { CONSENT_TARGET, connectHref } from './connect-href.ts';

interface SiteFormProps {
  readonly connectUrl: string;
  /** What the address is, in words. */
  readonly title: string;
  /** What the button says. */
  readonly text: string;
  readonly isFirst?: boolean;
}

/** For a vendor whose consent page stands at an address of the customer's own: asks for it, and goes there. */
export function SiteForm({ connectUrl, title, text, isFirst = false }: SiteFormProps) {
  const { language } = useSpeech();
  const field = useId();
  const [site, setSite] = useState('');
  const isGiven = site.trim() !== '';
  return (
    <form
      className="settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isGiven) window.open(connectHref(connectUrl, language, { site: site.trim() }), CONSENT_TARGET);
      }}
    >
      <div className="setting">
        <label htmlFor={field}>{title}</label>
        <input
          id={field}
          type="text"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={500}
          value={site}
          onChange={(event) => setSite(event.target.value)}
        />
      </div>
      <div className="actions">
        <button type="submit" className={isFirst ? 'primary' : undefined} disabled={!isGiven}>
          {text}
        </button>
      </div>
    </form>
  );
}
