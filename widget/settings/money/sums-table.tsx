import { type ReactNode, useId } from 'react';
import { Scrolled } from './scrolled.tsx';

interface SumsTableProps {
  readonly title: string;
  readonly caption: string;
  readonly columns: readonly string[];
  /** Said in place of no rows. */
  readonly none?: string;
  readonly rows: readonly ReactNode[];
  /** Beside the title. */
  readonly tools?: ReactNode;
  /** Below the table. */
  readonly note?: ReactNode;
}

/** Sums of money in rows, under a title. */
export function SumsTable({ title, caption, columns, none, rows, tools, note }: SumsTableProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <header className="part-head">
        <h3 id={id}>{title}</h3>
        {tools}
      </header>
      {rows.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <Scrolled label={caption}>
          <table className="sums">
            <caption className="unseen">{caption}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{rows}</tbody>
          </table>
        </Scrolled>
      )}
      {note}
    </section>
  );
}
