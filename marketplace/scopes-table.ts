import type { Connector } from '../server/core/connector.ts';

const BEGIN = '<!-- scopes: begin -->';
const END = '<!-- scopes: end -->';

/** Every scope that Liaison asks for, with its reason, as Markdown: made from what the connectors declare. */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export function scopesTable(connectors: readonly Connector<any>[]): string {
  const rows = connectors.flatMap(({ titles, authorisation }) => {
    if (authorisation.kind === 'key')
      return [
        `| ${titles.en} | a key${authorisation.handover === undefined ? '' : ', made on its own page where the site can reach the server'} | ${authorisation.instructions.en} |`,
      ];
    return authorisation.scopes.length === 0
      ? [`| ${titles.en} | the whole account | The application knows no scopes. |`]
      : authorisation.scopes.map(({ scope, reason }) => `| ${titles.en} | \`${scope}\` | ${reason.en} |`);
  });
  return ['| Application | Scope | What for |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The same text with the table between its two marks replaced. @throws when the marks are missing. */
export function withScopes(text: string, table: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the marks ${BEGIN} and ${END} are missing`);
  return `${text.slice(0, from)}${BEGIN}\n\n${table}\n\n${text.slice(to)}`;
}
