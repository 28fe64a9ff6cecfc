import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { SyncDetail, SyncLink } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useFailureText } from './failure-text.ts';
import { FailureWords } from './failure-words.tsx';
import { type FieldName, useFieldName, useSideName } from './field-names.ts';
import { nameOf } from './record-pages.tsx';
import { oneLink } from './sync-queries.ts';
import { ValueText } from './value-text.tsx';

/** One linked pair, whole: beside the list where there is room, over it where there is not. */
export function LinkPanel({ sync, id, close }: { sync: SyncDetail; id: string; close: () => void }) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.records;
  const { data: link, error, refetch } = useQuery(oneLink(sync.id, id));
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement !== document.body) panel.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.matches('input, select, textarea');
      if (event.key === 'Escape' && !event.defaultPrevented && !inField) close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [close]);
  return (
    <section
      ref={panel}
      className="panel link-panel"
      aria-label={link ? nameOf(link, say) : id}
      tabIndex={-1}
    >
      <button type="button" className="close" onClick={close} aria-label={words.back}>
        <Icon name="close" />
        <span className="close-text">{words.back}</span>
      </button>
      {link ? (
        <LinkBody sync={sync} link={link} />
      ) : error ? (
        <ProblemNotice error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function LinkBody({ sync, link }: { sync: SyncDetail; link: SyncLink }) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.records;
  const sideName = useSideName(sync);
  const fieldName = useFieldName(sync.id);
  const failureText = useFailureText(sync.id);
  return (
    <>
      <header className="run-head">
        <span className={`state record-${link.state}`}>{texts.syncs.states[link.state]}</span>
        <h2>{nameOf(link, say)}</h2>
      </header>
      {link.failure && <FailureWords failure={link.failure} text={failureText(link.failure)} />}
      {link.exclusion && <p>{say(link.exclusion.sentence)}</p>}
      {link.leftAlone.map(({ side, field, sentence }) => (
        <p key={`${side} ${field}`}>{say(sentence)}</p>
      ))}
      <div className="scroll">
        <table className="grid">
          <thead>
            <tr>
              <td />
              {(['left', 'right'] as const).map((side) => (
                <th key={side} scope="col">
                  {sideName(side)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{texts.syncs.tabs.records}</th>
              {(['left', 'right'] as const).map((side) => (
                <td key={side}>
                  <RecordLink record={link.records[side]} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{words.seen}</th>
              <Times link={link} which="seenAt" />
            </tr>
            <tr>
              <th scope="row">{words.written}</th>
              <Times link={link} which="writtenAt" />
            </tr>
            <tr>
              <th scope="row">{words.version}</th>
              {(['left', 'right'] as const).map((side) => (
                <td key={side}>
                  <code>{link.records[side]?.version ?? '–'}</code>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <p className="quiet">
        {words.linked} <Moment instant={link.linkedAt} />
      </p>
      <h3>{words.fields}</h3>
      <ul className="link-fields">
        {link.fields.map((field) => (
          <LinkField key={field.left} field={field} fieldName={fieldName} sideName={sideName} />
        ))}
      </ul>
    </>
  );
}

function RecordLink({ record }: { record: SyncLink['records']['left'] }) {
  const { texts } = useSpeech();
  if (record === null) return <span className="quiet">{texts.syncs.records.nowhere}</span>;
  return (
    <>
      {record.url === null ? (
        <code>{record.id}</code>
      ) : (
        <a href={record.url} target="_blank" rel="noopener noreferrer">
          <code>{record.id}</code>
        </a>
      )}
      {record.deleted && <span className="wrong"> {texts.syncs.records.deleted}</span>}
    </>
  );
}

function Times({ link, which }: { link: SyncLink; which: 'seenAt' | 'writtenAt' }) {
  return (['left', 'right'] as const).map((side) => {
    const instant = link.records[side]?.[which] ?? null;
    return <td key={side}>{instant === null ? '–' : <Moment instant={instant} />}</td>;
  });
}

interface LinkFieldProps {
  readonly field: SyncLink['fields'][number];
  readonly fieldName: FieldName;
  readonly sideName: (side: 'left' | 'right') => string;
}

/** One field: both values, which side wrote it last, when, and what was there before. */
function LinkField({ field, fieldName, sideName }: LinkFieldProps) {
  const { texts, formats } = useSpeech();
  const words = texts.syncs.records;
  const [left, right] = [fieldName('left', field.left), fieldName('right', field.right)];
  const name = left === right ? left : `${left} · ${right}`;
  const earlier = field.history.slice(1);
  return (
    <li>
      <h4>{name}</h4>
      <dl className="both">
        {(['left', 'right'] as const).map((side) => (
          <div key={side}>
            <dt>{sideName(side)}</dt>
            <dd>
              <ValueText value={field.values[side]} />
            </dd>
          </div>
        ))}
      </dl>
      {field.last === null ? (
        <p className="quiet">{words.never}</p>
      ) : (
        <p className="quiet">
          {words.lastFrom(sideName(field.last.from), formats.moment(field.last.at))} · {words.was}{' '}
          <ValueText value={field.last.before} />
          {field.last.undone && ` · ${words.undone}`}
        </p>
      )}
      {earlier.length > 0 && (
        <details>
          <summary>{words.history}</summary>
          <div className="scroll">
            <table className="grid" aria-label={words.historyOf(name)}>
              <thead>
                <tr>
                  <th scope="col">{words.when}</th>
                  <th scope="col">{words.from}</th>
                  <th scope="col">{texts.syncs.preview.before}</th>
                  <th scope="col">{texts.syncs.preview.after}</th>
                </tr>
              </thead>
              <tbody>
                {field.history.map((write) => (
                  <tr key={`${write.at} ${write.from}`}>
                    <td>
                      <Moment instant={write.at} />
                    </td>
                    <td>
                      {sideName(write.from)} {write.undone && <span className="tag">{words.undone}</span>}
                    </td>
                    <td>
                      <ValueText value={write.before} />
                    </td>
                    <td>
                      <ValueText value={write.after} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </li>
  );
}
