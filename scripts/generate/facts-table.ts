import { FACT_TYPES, FACTS } from '../../server/core/facts/facts.ts';
import type { Language } from '../../server/core/sentence.ts';
import { SAMPLE_MESSAGES } from '../../server/flows/fact-samples.ts';

const BEGIN = '<!-- events: begin -->';
const END = '<!-- events: end -->';
const HEADS = {
  en: '| Event | `type` | When | `version` |',
  fr: '| Événement | `type` | Quand | `version` |',
} as const;

/** As the formatter writes JSON: short lists on one line. */
const written = (message: object): string =>
  JSON.stringify(message, null, 2).replaceAll(
    /\[\s+([^[\]{}]*?)\s+\]/g,
    (_, inner: string) => `[${inner.replaceAll(/\s*\n\s*/g, ' ')}]`,
  );

/** What receivers can be told of, with one message of each, as Markdown. */
export function factsTable(language: Language): string {
  const rows = FACT_TYPES.map((type) => {
    const { titles, says, version } = FACTS[type];
    return `| ${titles[language]} | \`${type}\` | ${says[language]} | ${version} |`;
  });
  const samples = FACT_TYPES.map(
    (type) => `### \`${type}\`\n\n\`\`\`json\n${written(SAMPLE_MESSAGES[type])}\n\`\`\``,
  );
  return [[HEADS[language], '| --- | --- | --- | --- |', ...rows].join('\n'), ...samples].join('\n\n');
}

/** The same text with what stands between its two marks replaced. @throws when the marks are missing. */
export function withFacts(text: string, table: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the marks ${BEGIN} and ${END} are missing`);
  return `${text.slice(0, from)}${BEGIN}\n\n${table}\n\n${text.slice(to)}`;
}
