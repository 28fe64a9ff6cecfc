/** Notion's ids are UUIDs, written with and without their dashes: in the first form here. */
export function asId(text: string): string | null {
  const digits = text.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) return null;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The id out of what somebody pasted: an id, or an address of Notion's, which ends with it
 * (`https://www.notion.so/atelier/Projets-0123…?v=…`). Null: there is none.
 */
export function pastedId(text: string): string | null {
  const alone = asId(text.trim());
  if (alone !== null || !URL.canParse(text.trim())) return alone;
  const { hostname, pathname } = new URL(text.trim());
  if (!/(^|\.)notion\.(so|site|com)$/.test(hostname)) return null;
  const [, last] = /([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i.exec(pathname) ?? [];
  return last === undefined ? null : asId(last);
}

/** Where people open a page: Notion finds the workspace by itself. */
export const pageAddress = (id: string): string => `https://www.notion.so/${id.replaceAll('-', '')}`;
