import type { FlowDocument, MappingRow } from './flow-document.ts';
import type { Language } from './sentence.ts';

const WORDS = {
  en: {
    flow: 'Data flow',
    when: 'When',
    steps: 'Steps',
    step: 'Step',
    application: 'Application',
    effect: 'Effect',
    reads: 'reads',
    writes: 'writes',
    mapping: 'Mapping, until an admin changes it',
    master: 'Wins when both changed',
    blank: 'An emptied value',
    native: 'The native alternative',
  },
  fr: {
    flow: 'Flux de données',
    when: 'Quand',
    steps: 'Étapes',
    step: 'Étape',
    application: 'Application',
    effect: 'Effet',
    reads: 'lit',
    writes: 'écrit',
    mapping: 'Correspondances, tant qu’un administrateur ne les change pas',
    master: 'L’emporte si les deux ont changé',
    blank: 'Une valeur vidée',
    native: 'L’alternative native',
  },
} as const;

const ARROWS: Record<MappingRow['direction'], string> = { both: '↔', 'to-left': '←', 'to-right': '→' };

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A flow's documentation as Markdown, with its diagram in Mermaid, in one language. */
export function flowMarkdown(document: FlowDocument, language: Language): string {
  const words = WORDS[language];
  const { titles, direction, path, both, frequency, steps, mapping, native } = document;
  const nodes = path.map((title, index) => `  n${index}["${title[language]}"]`);
  const arrow = both ? '<-->' : '-->';
  const edges = path.slice(1).map((_, index) => `  n${index} ${arrow} n${index + 1}`);
  const parts = [
    `# ${titles[language]}`,
    direction[language],
    `## ${words.flow}`,
    ['```mermaid', 'flowchart LR', ...nodes, ...edges, '```'].join('\n'),
    `## ${words.when}`,
    frequency[language],
  ];
  if (steps.length > 0) {
    const rows = steps.map((step) => [
      step.titles[language],
      step.application[language],
      step.writes ? words.writes : words.reads,
    ]);
    parts.push(`## ${words.steps}`, table([words.step, words.application, words.effect], rows));
  }
  if (mapping.length > 0) {
    const [left, right] = path;
    const head = [left?.[language] ?? '', '', right?.[language] ?? '', words.master, words.blank];
    const rows = mapping.map((row) => [
      `\`${row.left}\``,
      ARROWS[row.direction],
      `\`${row.right}\``,
      row.master[language],
      row.blank[language],
    ]);
    parts.push(`## ${words.mapping}`, table(head, rows));
  }
  parts.push(`## ${words.native}`, native[language]);
  return `${parts.join('\n\n')}\n`;
}
