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
    settings: 'Settings, until an admin changes them',
    setting: 'Setting',
    value: 'Value',
    native: 'Already offered without Liaison',
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
    settings: 'Réglages, tant qu’un administrateur ne les change pas',
    setting: 'Réglage',
    value: 'Valeur',
    native: 'Déjà proposé sans Liaison',
  },
} as const;

const ARROWS: Record<MappingRow['direction'], string> = { both: '↔', 'to-left': '←', 'to-right': '→' };

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Text in a cell: a bar or a new line in it must not end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');

/** A field under its name, and its id for those who look for it in the code. */
const fieldCell = (title: string, id: string): string =>
  title === id ? `\`${id}\`` : `${cell(title)} (\`${id}\`)`;

function diagram({ path, way }: FlowDocument, language: Language): string {
  const nodes = path.map(
    ({ titles, part }, index) => `  n${index}["${titles[language]}<br/>${part[language]}"]`,
  );
  const edges = path.slice(1).map((_, index) => {
    const [from, to] = [`n${index}`, `n${index + 1}`];
    return way === 'back' ? `  ${to} --> ${from}` : `  ${from} ${way === 'both' ? '<-->' : '-->'} ${to}`;
  });
  return ['```mermaid', 'flowchart LR', ...nodes, ...edges, '```'].join('\n');
}

/** A flow's documentation as Markdown, with its diagram in Mermaid, in one language. */
export function flowMarkdown(document: FlowDocument, language: Language): string {
  const words = WORDS[language];
  const { titles, direction, path, frequency, steps, mapping, settings, native } = document;
  const parts = [
    `# ${titles[language]}`,
    direction[language],
    `## ${words.flow}`,
    diagram(document, language),
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
    const head = [left?.titles[language] ?? '', '', right?.titles[language] ?? '', words.master, words.blank];
    const rows = mapping.map((row) => [
      fieldCell(row.titles.left[language], row.left),
      ARROWS[row.direction],
      fieldCell(row.titles.right[language], row.right),
      row.master[language],
      row.blank[language],
    ]);
    parts.push(`## ${words.mapping}`, table(head, rows));
  }
  if (settings.length > 0) {
    const rows = settings.map((one) => [cell(one.titles[language]), cell(one.value[language])]);
    parts.push(`## ${words.settings}`, table([words.setting, words.value], rows));
  }
  parts.push(`## ${words.native}`, native[language]);
  return `${parts.join('\n\n')}\n`;
}
