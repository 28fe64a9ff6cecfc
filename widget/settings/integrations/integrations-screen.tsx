/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import '../../styles/catalogue.css';
import type { OverviewItem } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { go, hrefOf, useAddress } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { Nothing } from '../syncs/nothing.tsx';
import { IntegrationRow } from './integration-row.tsx';
import {
  chosenOf,
  type ListChoice,
  needsSomebody,
  readListChoice,
  SHOWN,
  type Shown,
} from './list-choice.ts';
import { overview } from './overview-queries.ts';

/** Everything that is set up, in one line each. */
export default function IntegrationsScreen() {
  const { texts } = useSpeech();
  const words = texts.list;
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(overview());
  const title = useRef<HTMLHeadingElement>(null);
  const count = data?.integrations.length ?? 0;
  const before = useRef(count);
  useEffect(() => {
    // Who deleted one stood in its row, which is gone: the list's title comes next.
    if (count < before.current && document.activeElement === document.body) title.current?.focus();
    before.current = count;
  }, [count]);
  return (
    <div className="page integrations">
      <header className="page-head">
        <h1 ref={title} tabIndex={-1}>
          {words.title}
        </h1>
        {admin && count > 0 && (
          <a className="button" href={hrefOf('catalogue')}>
            {words.catalogue}
          </a>
        )}
      </header>
      <p className="quiet">{words.intro}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && count === 0 && <Empty />}
      {data && count > 0 && <List all={data.integrations} />}
    </div>
  );
}

function Empty() {
  const { texts } = useSpeech();
  const words = texts.list;
  const admin = useIsAdmin();
  return (
    <>
      <Nothing title={words.empty} hint={admin ? words.emptyHint : words.emptyHintRep} />
      {admin && (
        <p className="actions centred">
          <a className="button primary" href={hrefOf('catalogue')}>
            {words.openCatalogue}
          </a>
        </p>
      )}
    </>
  );
}

function List({ all }: { all: readonly OverviewItem[] }) {
  const { texts, say, formats, language } = useSpeech();
  const words = texts.list;
  const { search } = useAddress();
  const choice = readListChoice(search);
  const choose = (changed: Partial<ListChoice>) =>
    go(hrefOf('integrations', addressOf({ ...choice, ...changed })), { replace: true });
  const shown = chosenOf(all, choice, ({ titles }) => say(titles), language);
  const needing = all.filter(({ standing }) => needsSomebody(standing)).length;
  const total = formats.number(all.length);
  return (
    <>
      <search className="filters">
        <label>
          <span>{words.search}</span>
          <input
            type="search"
            value={choice.find}
            maxLength={200}
            placeholder={words.searchHint}
            onChange={(event) => choose({ find: event.target.value })}
          />
        </label>
        <label>
          <span>{words.show}</span>
          <select value={choice.show} onChange={(event) => choose({ show: event.target.value as Shown })}>
            {SHOWN.map((show) => (
              <option key={show} value={show}>
                {words.shown[show]}
              </option>
            ))}
          </select>
        </label>
        {Object.values(addressOf(choice)).some((value) => value !== null) && (
          <button type="button" className="link" onClick={() => choose({ find: '', show: 'all', flow: '' })}>
            {words.clear}
          </button>
        )}
      </search>
      <p className="quiet" role="status">
        {shown.length === all.length
          ? words.everything(all.length, total)
          : words.found(shown.length, formats.number(shown.length), total)}
        {needing > 0 && choice.show !== 'attention' && (
          <>
            {' · '}
            <a href={hrefOf('integrations', { show: 'attention' })}>
              {words.needSomebody(needing, formats.number(needing))}
            </a>
          </>
        )}
      </p>
      {shown.length === 0 && <Nothing title={words.none} hint={words.noneHint} />}
      <ul className="integration-rows">
        {shown.map((item) => (
          <IntegrationRow key={item.id} item={item} />
        ))}
      </ul>
    </>
  );
}

const addressOf = ({ find, show, flow }: ListChoice) => ({
  find: find === '' ? null : find,
  show: show === 'all' ? null : show,
  flow: flow === '' ? null : flow,
});
