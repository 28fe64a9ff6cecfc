import type { GoogleSheetsClient } from '../../connectors/google-sheets/client.ts';
import type { SheetGrid, Tab } from '../../connectors/google-sheets/grid.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { Settings } from './settings.ts';
import { isTab, type Memory, type TabMemory } from './tab-memory.ts';

export interface FoundTab {
  readonly grid: SheetGrid;
  /** What is remembered of it; null: it is read for the first time. */
  readonly known: TabMemory | null;
  /** The tab that stands first, where the chosen one does not and no name was chosen. */
  readonly first: Tab | null;
}

type Wish = Pick<Settings, 'spreadsheetId' | 'sheet'>;

export const choiceOf = ({ spreadsheetId, sheet }: Wish): string => `${spreadsheetId}/${sheet}`;

/**
 * The tab that the settings name, whole. A tab is known by its id: it stays the same one when it is renamed or
 * moved, and another one that stands first or is put in its place is not read for it.
 *
 * @throws LiaisonError that names the tab when it is not there.
 */
export async function findTab(client: GoogleSheetsClient, wish: Wish, memory: Memory): Promise<FoundTab> {
  const { spreadsheetId, sheet } = wish;
  const bound = memory.chosen[choiceOf(wish)];
  const known = memory.tabs.find((tab) => bound !== undefined && isTab(tab, spreadsheetId, bound));
  if (known !== undefined && (sheet === '' || sameTitle(known.title, sheet))) {
    const grid = await asBefore(client, known);
    if (grid !== null && (sheet !== '' || grid.tab.index === 0)) return { grid, known, first: null };
  }
  const { tabs } = await client.tabs(spreadsheetId);
  const tab = chosenTab(tabs, wish, memory, bound);
  const grid = await client.grid(spreadsheetId, tab.title);
  return {
    grid,
    known: knownOf(memory, spreadsheetId, grid.tab),
    first: sheet === '' && tabs[0]?.gid !== grid.tab.gid ? (tabs[0] ?? null) : null,
  };
}

/** One call, where nothing about the tab has changed; null: it is not called so any more. */
async function asBefore(client: GoogleSheetsClient, known: TabMemory): Promise<SheetGrid | null> {
  try {
    const grid = await client.grid(known.spreadsheetId, known.title);
    return grid.tab.gid === known.gid ? grid : null;
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    if (error.kind === 'rejected') return null;
    throw error;
  }
}

/** By its id, or as earlier versions knew it. */
function knownOf(memory: Memory, spreadsheetId: string, tab: Tab): TabMemory | null {
  const byId = memory.tabs.find((one) => isTab(one, spreadsheetId, tab.gid));
  const byTitle = memory.tabs.find(
    (one) => one.gid === null && one.spreadsheetId === spreadsheetId && one.title === tab.title,
  );
  return byId ?? byTitle ?? null;
}

function chosenTab(
  tabs: readonly Tab[],
  { spreadsheetId, sheet }: Wish,
  memory: Memory,
  bound: number | undefined,
): Tab {
  const own = memory.tabs.filter((tab) => tab.spreadsheetId === spreadsheetId);
  const byId = tabs.find((tab) => tab.gid === bound);
  if (sheet === '') {
    // Before tabs were known by their ids, the one that was read had a title.
    const before = own.find(({ gid }) => gid === null);
    const earlier = before && tabs.find(({ title }) => title === before.title);
    const found = byId ?? (bound === undefined ? (earlier ?? tabs[0]) : undefined);
    if (found !== undefined) return found;
    throw noTab(own.find(({ gid }) => gid === bound)?.title ?? '', tabs);
  }
  const named =
    tabs.find(({ title }) => title === sheet) ?? tabs.find(({ title }) => sameTitle(title, sheet));
  const renamed = own.filter(({ title }) => sameTitle(title, sheet)).map(({ gid }) => gid);
  const found = named ?? byId ?? tabs.find(({ gid }) => renamed.includes(gid));
  if (found === undefined) throw noTab(sheet, tabs);
  return found;
}

const sameTitle = (one: string, other: string): boolean => foldText(one) === foldText(other);

function noTab(title: string, tabs: readonly Tab[]): LiaisonError {
  const there = (open: string, close: string) => tabs.map((tab) => `${open}${tab.title}${close}`).join(', ');
  return new LiaisonError('rejected', {
    sentence: {
      en: `The spreadsheet has no tab “${title}” any more. It has: ${there('“', '”')}. Choose one in the flow’s settings.`,
      fr: `Le tableur n’a plus d’onglet «\u00a0${title}\u00a0». Il contient\u00a0: ${there('«\u00a0', '\u00a0»')}. Choisissez-en un dans les réglages du flux.`,
    },
  });
}
