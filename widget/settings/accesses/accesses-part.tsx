import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { accessList } from './access-queries.ts';
import { AccessSection } from './access-section.tsx';

/** Other applications that people let act in Liaison: an admin sees everybody's. Nothing for who has none and can let none in. */
export function AccessesPart() {
  const { texts } = useSpeech();
  const words = texts.accesses;
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(accessList());
  const accesses = data?.accesses ?? [];
  if (!admin && accesses.length === 0) return null;
  return (
    <section className="card" aria-labelledby="accesses">
      <header>
        <h2 id="accesses">{words.title}</h2>
      </header>
      <p className="quiet">{words.intro}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data && accesses.length === 0 && <p>{words.none}</p>}
      {accesses.map((access) => (
        <AccessSection key={access.id} access={access} />
      ))}
    </section>
  );
}
