import { useId, useState } from 'react';
import type { MoneyDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { useIsAdmin } from '../me.tsx';
import { FoundRow } from './found-row.tsx';

/** What the two sides do not say alike: first what needs somebody, all of it where that is asked for. */
export function FoundList({ detail }: { detail: MoneyDetail }) {
  const { texts } = useSpeech();
  const words = texts.money.found;
  const admin = useIsAdmin();
  const [everything, setEverything] = useState(false);
  const [told, setTold] = useState('');
  const id = useId();
  const shown = detail.found.filter(({ state }) => everything || state === 'open');
  return (
    <section aria-labelledby={id}>
      <header className="part-head">
        <h3 id={id}>{words.title}</h3>
        {detail.found.length > 0 && (
          <label>
            {words.show}{' '}
            <select
              value={everything ? 'every' : 'open'}
              onChange={(event) => setEverything(event.target.value === 'every')}
            >
              <option value="open">{words.needed}</option>
              <option value="every">{words.everything}</option>
            </select>
          </label>
        )}
      </header>
      <p role="status">{told}</p>
      {shown.length === 0 && <p className="quiet">{words.none}</p>}
      {!admin && shown.length > 0 && <p className="quiet">{words.adminMends}</p>}
      <ul className="found">
        {shown.map((difference) => (
          <FoundRow key={difference.key} account={detail} difference={difference} tell={setTold} />
        ))}
      </ul>
      {detail.omitted > 0 && <p className="quiet">{words.omitted(detail.omitted)}</p>}
    </section>
  );
}
