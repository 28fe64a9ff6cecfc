import { useId } from 'react';
import { useSpeech } from '../language/language.tsx';
import { type BesideRow, FactView, RowView } from './row.tsx';
import type { Section } from './value.tsx';

interface SectionProps {
  readonly section: Section;
  /** Below a title of the part, or of the card. */
  readonly level: 'h3' | 'h4';
  readonly beside: ReadonlyMap<string, BesideRow[]>;
}

/** A section of a card. One without rows is left out, unless it says why it has none. */
export function SectionView({ section, level: Heading, beside }: SectionProps) {
  const { say, texts } = useSpeech();
  const title = useId();
  const { rows, layout } = section;
  if (rows.length === 0 && section.empty === undefined) return null;
  if (layout === 'facts') {
    return (
      <dl className="facts-of-card" aria-label={say(section.titles)}>
        {rows.map((row) => (
          <FactView key={row.id} row={row} />
        ))}
      </dl>
    );
  }
  return (
    // No landmark: several applications have sections of one name.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form.
    <div className="card-section" role="group" aria-labelledby={title}>
      <Heading id={title}>{say(section.titles)}</Heading>
      {rows.length === 0 ? (
        <p className="quiet">{section.empty && say(section.empty)}</p>
      ) : (
        <ul className={layout === 'timeline' ? 'timeline' : 'rows'}>
          {rows.map((row) => (
            <RowView key={row.id} row={row} beside={beside.get(row.key ?? '') ?? []} />
          ))}
        </ul>
      )}
      {section.more && <p className="quiet more-rows">{texts.record.more}</p>}
    </div>
  );
}
