/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/documents.css';
import type { FlowDocument } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf, useAddress } from '../address.ts';
import { useMe } from '../me.tsx';
import { DocumentPage } from './document-page.tsx';
import { documentList } from './document-queries.ts';

/** What every flow does with the organisation's data, or one of them when the address names it. */
export default function DocumentsScreen() {
  const { texts } = useSpeech();
  const { search } = useAddress();
  const { data, error, refetch } = useQuery(documentList());
  const wish = search.get('flow');
  const shown = data?.documents.filter(({ id }) => wish === null || id === wish);
  return (
    <div className="page documents">
      <h1>{texts.documents.title}</h1>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && wish === null && <Contents documents={data.documents} />}
      {wish !== null && (
        <p className="on-screen">
          <a href={hrefOf('documents')}>← {texts.documents.back}</a>
        </p>
      )}
      {shown?.length === 0 && <p className="nothing">{texts.documents.unknown}</p>}
      {shown && shown.length > 0 && (
        <>
          <Printing all={wish === null} />
          {shown.map((document) => (
            <DocumentPage key={document.id} document={document} />
          ))}
        </>
      )}
    </div>
  );
}

function Contents({ documents }: { documents: readonly FlowDocument[] }) {
  const { texts, say } = useSpeech();
  return (
    <>
      <p className="quiet">{texts.documents.intro}</p>
      <ul className="contents">
        {documents.map(({ id, titles }) => (
          <li key={id}>
            <a href={hrefOf('documents', { flow: id })}>{say(titles)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The button, and on paper whose settings these are and of which day. */
function Printing({ all }: { all: boolean }) {
  const { texts, formats } = useSpeech();
  const { organisation } = useMe();
  const { print, printAll, set } = texts.documents;
  return (
    <p className="printing">
      <span className="quiet">
        {organisation.name} · {set} {formats.dayAndHour(new Date().toISOString())}
      </span>
      <button type="button" className="on-screen" onClick={() => window.print()}>
        {all ? printAll : print}
      </button>
    </p>
  );
}
