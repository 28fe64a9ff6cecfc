import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import '../../styles/columns-table.css';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { type ColumnPair, columnPairs } from './column-pairs.ts';
import { settingOffers } from './flow-queries.ts';
import type { TableKind } from './setting-fields.ts';
import { SettingPicker } from './setting-picker.tsx';

interface ColumnsTableProps {
  /** What it is a table of. */
  readonly of: TableKind;
  readonly flow: string;
  /** Name of the setting: what its two sides are chosen from is offered under `<name>.header` and `<name>.field`. */
  readonly name: string;
  readonly title: string;
  /** What fills a field, where it is no column of a sheet. */
  readonly source: string | null;
  readonly value: unknown;
  /** The form's other values: what a table has depends on which one is chosen. */
  readonly form: Readonly<Record<string, unknown>>;
  /** The form is open: what there is to choose from is worth asking for. */
  readonly shown: boolean;
  readonly disabled: boolean;
  readonly refused: boolean;
  readonly describedBy: string;
  readonly onChange: (value: readonly ColumnPair[]) => void;
}

/** Which column fills which field, or which property takes which one, a row for each. */
export function ColumnsTable(props: ColumnsTableProps) {
  const { of, flow, name, title, source, value, form, shown, disabled, refused, describedBy, onChange } =
    props;
  const { texts, say } = useSpeech();
  const words = texts.flows[of];
  const ofSource = texts.flows.columns;
  const body = useRef<HTMLTableSectionElement>(null);
  const pairs = columnPairs(value);
  const headers = useQuery({ ...settingOffers(flow, `${name}.header`, form), enabled: shown && !disabled });
  useQuery({ ...settingOffers(flow, `${name}.field`, form), enabled: shown && !disabled });
  const used = new Set(pairs.map(({ header }) => header));
  const unused = (headers.data?.offers ?? []).filter((offer) => !used.has(offer.value));
  const set = (index: number, changed: Partial<ColumnPair>) =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...changed } : pair)));
  const add = useRef<HTMLButtonElement>(null);
  /**
   * What was clicked may be gone: the focus goes to the row that took its place, or to what adds one. A frame later: a list
   * that opens under the focus takes the rest of the same click for one outside of it, and closes.
   */
  const focusIn = (index: number, selector: string) =>
    requestAnimationFrame(() => {
      const row = body.current?.querySelectorAll('tr')[index];
      (row?.querySelector<HTMLElement>(selector) ?? add.current)?.focus();
    });
  return (
    <div className="columns-table" aria-describedby={describedBy}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{source ?? words.header}</th>
            <th scope="col">{words.field}</th>
            <th>
              <span className="unseen">{words.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {pairs.map((pair, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone.
            <tr key={index}>
              <td>
                <SettingPicker
                  flow={flow}
                  name={`${name}.header`}
                  title={source === null ? words.headerOf(index + 1) : ofSource.sourceOf(source, index + 1)}
                  value={pair.header}
                  form={form}
                  disabled={disabled}
                  refused={refused && pair.header === ''}
                  describedBy={describedBy}
                  // Another name is another column: what was known of the one before is not.
                  onChange={(header) => onChange(pairs.with(index, { header, field: pair.field }))}
                />
              </td>
              <td>
                <SettingPicker
                  flow={flow}
                  name={`${name}.field`}
                  title={words.fieldOf(index + 1)}
                  value={pair.field}
                  form={form}
                  disabled={disabled}
                  refused={refused && pair.field === ''}
                  describedBy={describedBy}
                  onChange={(field) => set(index, { field })}
                />
              </td>
              <td>
                <button
                  type="button"
                  className="link"
                  disabled={disabled}
                  aria-label={words.remove(pair.header || String(index + 1))}
                  onClick={() => {
                    onChange(pairs.toSpliced(index, 1));
                    focusIn(Math.min(index, pairs.length - 2), 'td:last-child button');
                  }}
                >
                  <Icon name="close" />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unused.length > 0 && (
        <p className="quiet">
          {source === null ? words.unused : ofSource.unusedSources}{' '}
          {unused.map(({ title: own, titles }) => (titles ? say(titles) : own)).join(', ')}
        </p>
      )}
      <button
        ref={add}
        type="button"
        disabled={disabled}
        onClick={() => {
          const [first] = unused;
          onChange([...pairs, { header: first?.value ?? '', field: '' }]);
          focusIn(pairs.length, first === undefined ? 'input' : 'td:nth-child(2) input');
        }}
      >
        {source === null ? words.add : ofSource.addSource}
      </button>
    </div>
  );
}
