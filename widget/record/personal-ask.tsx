import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnPersonal } from '../../server/api/contract.ts';
import { call } from '../api/client.ts';
import { useSpeech } from '../language/language.tsx';
import { CONSENT_TARGET, connectHref } from '../settings/connections/connect-href.ts';

const KEY = ['personal', 'asked'];
/** While the vendor's page is open elsewhere. */
const JOINING_MS = 2_000;

/** The sentence that asks whoever looks to take part in what an admin prepared; nothing where there is nothing to ask. */
export function PersonalAsk() {
  const { texts, say, language } = useSpeech();
  const words = texts.persons;
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => call('getPersonal', { query: { asking: 'true' } }),
    refetchInterval: (query) => (query.state.data?.joining === true ? JOINING_MS : false),
  });
  const keep = { onSuccess: (now: OwnPersonal) => queries.setQueryData(KEY, now) };
  const join = useMutation({ mutationFn: () => call('joinPersonal'), ...keep });
  const decline = useMutation({ mutationFn: () => call('declinePersonal'), ...keep });
  if (data === undefined || data.offers.length === 0 || !(data.asks || data.joining)) return null;
  const named = new Intl.ListFormat(language).format(data.offers.map(({ titles }) => say(titles)));
  const problem = data.problem ?? null;
  return (
    <aside className="personal-ask" aria-label={words.title}>
      <p>
        {data.joining && problem === null ? words.joining : words.ask(named)}
        {problem !== null && <strong> {say(problem)}</strong>}
      </p>
      {data.connect === null ? (
        <button type="button" className="primary" disabled={join.isPending} onClick={() => join.mutate()}>
          {words.start}
        </button>
      ) : (
        <a
          className="button primary"
          href={connectHref(data.connect, language)}
          target={CONSENT_TARGET}
          rel="noopener"
          onClick={() => join.mutate()}
        >
          {words.connect}
          {CONSENT_TARGET === '_blank' && <span className="unseen"> ({words.connectHint})</span>}
        </a>
      )}
      <button type="button" className="small" disabled={decline.isPending} onClick={() => decline.mutate()}>
        {words.notNow}
      </button>
    </aside>
  );
}
