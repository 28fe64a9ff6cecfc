import type { ReactNode } from 'react';
import { useSpeech } from '../language/language.tsx';
import { CopyButton } from '../pieces/copy-button.tsx';
import { Icon } from '../pieces/icon.tsx';
import { type Row, type Value, ValueView } from './value.tsx';

/** A row of another part of the card, which belongs beside this one, and whose it is. */
export interface BesideRow {
  readonly row: Row;
  readonly whose: string;
}

export function RowView({ row, beside = [] }: { row: Row; beside?: readonly BesideRow[] }) {
  const { say } = useSpeech();
  const money = row.values.filter(({ kind }) => kind === 'money');
  const rest = row.values.filter(({ kind }) => kind !== 'money');
  return (
    <li className="row">
      <span className="row-label">
        <Linked url={row.url}>
          <ValueView value={row.label} />
        </Linked>
      </span>
      {money.length > 0 && (
        <span className="row-money">
          <Values values={money} />
        </span>
      )}
      {(rest.length > 0 || row.note) && (
        <span className="row-rest">
          <Values values={rest} />
          {row.note && <span className="quiet">{say(row.note)}</span>}
        </span>
      )}
      {beside.map(({ row: other, whose }) => (
        <span key={other.id} className="row-beside">
          <Icon name="link" />
          <Linked url={other.url}>
            {whose} <ValueView value={other.label} />
          </Linked>
          <Values values={other.values.filter(({ kind }) => kind === 'state')} />
        </span>
      ))}
    </li>
  );
}

export function FactView({ row }: { row: Row }) {
  const { say } = useSpeech();
  const label = row.label.kind === 'words' ? say(row.label.words) : <ValueView value={row.label} />;
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>
        <Linked url={row.url}>
          <Values values={row.values} />
        </Linked>
        {row.copy !== undefined && <CopyButton text={row.copy} what={row.copy} />}
        {row.note && <span className="quiet">{say(row.note)}</span>}
      </dd>
    </div>
  );
}

function Values({ values }: { values: readonly Value[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: values of a row have no identity but their place.
  return values.map((value, index) => <ValueView key={index} value={value} />);
}

/** To the vendor's own page, where there is one. */
export function Linked({ url, children }: { url: string | undefined; children: ReactNode }) {
  const { texts } = useSpeech();
  if (url === undefined) return children;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className="out">
      {children}
      <span className="unseen"> ({texts.record.newTab})</span>
    </a>
  );
}
