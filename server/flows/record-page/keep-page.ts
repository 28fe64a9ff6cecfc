import { compared } from '../../connectors/notion/compared-value.ts';
import { notion } from '../../connectors/notion/connector.ts';
import type { NotionPage } from '../../connectors/notion/pages.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { recordCurrency } from '../../connectors/zoho-crm/record-currency.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { wholeRows } from '../../core/table-rows.ts';
import { nameOf, subjectOf } from '../announce/subject.ts';
import { type Filled, fillPage } from './fill-page.ts';
import { forgetIds, rememberedIds, rememberIds } from './found-ids.ts';
import { keyProperty } from './id-property.ts';
import { bodyLots } from './page-body.ts';
import { type PageLink, readLink, writtenLink } from './page-link.ts';
import { kept, said } from './sentences.ts';
import { ofDeals } from './settings.ts';
import type { Context } from './steps.ts';

/** Brings the page of a record up to what the record is now: made, updated, put into the trash or taken out of it. */
export async function keepPage(context: Context): Promise<Outcome> {
  const { event, settings, client, read, linked, label, exclusively } = context;
  const id = event.recordId ?? '';
  if (settings.dataSource === '') throw new LiaisonError('rejected', { sentence: said.notChosen });
  const crm = client(zohoCrm);
  const record = await read('record', () => crm.record(settings.module, id));
  if (record === null) return skipped(said.gone);
  const name = nameOf(subjectOf(settings.module), record, id);
  label(name);
  // A step, so that a run that is taken up again does not take for known what it remembered itself.
  const known = await read('seen', async (): Promise<Known | null> => {
    const link = readLink(await linked(id));
    if (link?.source !== settings.dataSource) return null;
    return { link, page: await client(notion).page(link.page) };
  });
  if (isLost(context, record)) return loseIt(context, known, name);
  const unfit = await leftOut(context, record, known);
  if (unfit !== null) return unfit;
  // Another integration may keep pages in the same place.
  return exclusively(`page ${settings.dataSource} ${id}`, () => bringUpToDate(context, record, name, known));
}

/** The page that was made for the record in the chosen data source; null: it is there no more. */
interface Known {
  readonly link: PageLink;
  readonly page: NotionPage | null;
}

const isLost = ({ settings }: Context, record: CrmRecord): boolean =>
  ofDeals(settings) && settings.lostStage !== '' && record.Stage === settings.lostStage;

/** A lost deal has no page that anybody sees, and gets none. */
async function loseIt(context: Context, known: Known | null, name: string): Promise<Outcome> {
  const { event, client, write, link: remember } = context;
  if (known === null) return skipped(said.lostWithout);
  const { link, page } = known;
  // Where somebody moved it, it is that person's.
  if (page === null || page.inTrash || page.source !== link.source) return skipped(said.lostAlready);
  const pages = client(notion);
  await write('trash', {
    find: async () => ((await pages.page(link.page))?.inTrash === true ? true : null),
    send: async () => {
      await pages.changePage(link.page, { in_trash: true });
      return true;
    },
  });
  await remember(event.recordId ?? '', writtenLink({ ...link, trashed: true }));
  return { state: 'done', summary: said.trashed(name) };
}

/** Null: the record has a page, or is to have one. What does not fit keeps the page that it has. */
async function leftOut(context: Context, record: CrmRecord, known: Known | null): Promise<Outcome | null> {
  const { settings, filter } = context;
  const stage = String(record.Stage ?? '-');
  if (settings.begin === 'stage' && ofDeals(settings) && known === null && stage !== settings.stage)
    return skipped(said.notYet(stage));
  if (filter === null) return null;
  if (filter.takes === 'once' && (await filter.recall()) === 'taken') return skipped(said.once);
  const { fits, why } = filter.judge({ values: record, currency: recordCurrency(record) });
  filter.remember(fits);
  return fits ? null : skipped(leftOutText(why, true));
}

async function bringUpToDate(
  context: Context,
  record: CrmRecord,
  name: string,
  known: Known | null,
): Promise<Outcome> {
  const { settings, organisation, client, read, write, link: remember, about } = context;
  const { module, dataSource: source } = settings;
  const mapped = wholeRows(settings.properties);
  const pages = client(notion);
  const schema = await read('schema', () => pages.dataSource(source));
  const standing = standingOf(known, source);
  if (known !== null && standing === null && settings.whenGone === 'leave') return skipped(said.deleted);
  const key = await keyProperty(context, schema);
  const fields = await read('fields', async () =>
    (await client(zohoCrm).fields(module)).map(({ apiName, type }) => [apiName, type] as const),
  );
  const types = Object.fromEntries(fields);
  const ofId = { property: key.name, type: 'rich_text' } as const;
  const address = client(zohoCrm).recordAddress(module, record.id);
  const filling = { record, name, address, types, mapped, idProperty: key.name, writing: organisation };
  const ids = await rememberedIds(context, schema, filling);
  const filled = await read('values', () => fillPage(pages, schema, { ...filling, ids }));
  await rememberIds(context, filled.found);
  // Whoever was found a while ago may be gone by now: then all are looked for anew.
  const sending: Sending = async (send) => {
    try {
      await send(filled.properties);
      return filled.left;
    } catch (thrown) {
      if (Object.keys(ids).length === 0 || asLiaisonError(thrown).kind !== 'gone') throw thrown;
      await forgetIds(context, ids);
      const anew = await fillPage(pages, schema, { ...filling, ids: {} });
      await send(anew.properties);
      return anew.left;
    }
  };
  const keepLink = async (page: string) => {
    await remember(record.id, writtenLink({ page, source, trashed: false }));
    await about({ object: 'notion.pages', id: page });
  };

  const own = standing ?? (await read('found', () => pages.pagesWith(source, ofId, record.id)))[0] ?? null;
  if (own !== null) {
    const left = await update(context, own, filled, sending);
    await keepLink(own.id);
    if (own.inTrash) return kept(said.restored(name), left ?? filled.left);
    if (left !== null) return kept(said.updated(name), left);
    return filled.left.length === 0 ? skipped(said.asItWas(name)) : kept(said.asItWas(name), filled.left);
  }
  const lots = bodyLots(settings.body, record, { types, writing: organisation });
  const [first = []] = lots;
  const { id: page, left } = await write('page', {
    // Only what an earlier attempt made can be there by now.
    async find() {
      const [made] = await pages.pagesWith(source, ofId, record.id);
      return made === undefined ? null : { id: made.id, left: filled.left };
    },
    async send() {
      let id = '';
      const told = await sending(async (properties) => {
        ({ id } = await pages.createPage(source, properties, first));
      });
      return { id, left: told };
    },
  });
  await keepLink(page);
  await writeRest(context, page, lots);
  return kept(said.made(name), left);
}

/** The page as it is, where it is its people's wish that it is there; what Liaison itself put into the trash is. */
const standingOf = (known: Known | null, source: string): NotionPage | null =>
  known?.page?.source === source && (!known.page.inTrash || known.link.trashed) ? known.page : null;

/** Sends what was filled, and says what had to be left out. */
type Sending = (send: (properties: Filled['properties']) => Promise<void>) => Promise<Filled['left']>;

/** Sets what is mapped and says something else; everything else on the page is its people's. @returns what was left out; null: nothing had to be set. */
async function update(
  { client, write }: Context,
  page: NotionPage,
  filled: Filled,
  sending: Sending,
): Promise<Filled['left'] | null> {
  const pages = client(notion);
  // Notion edits nothing that is in the trash.
  if (page.inTrash)
    await write('restore', { send: async () => void (await pages.changePage(page.id, { in_trash: false })) });
  const unlike = (all: Filled['properties']) =>
    Object.fromEntries(Object.entries(all).filter(([name, value]) => page.says[name] !== compared(value)));
  if (Object.keys(unlike(filled.properties)).length === 0) return null;
  const send = async (all: Filled['properties']): Promise<void> => {
    await pages.changePage(page.id, { properties: unlike(all) });
  };
  return write('change', { send: () => sending(send) });
}

/** The lots after the first: each is there once the page has more blocks than those before it. */
async function writeRest(
  { client, forItem }: Context,
  page: string,
  lots: ReturnType<typeof bodyLots>,
): Promise<void> {
  let before = lots[0]?.length ?? 0;
  for (const [index, lot] of lots.entries()) {
    if (index === 0) continue;
    const from = before;
    await forItem(String(index)).write('body', {
      find: async () => ((await client(notion).blockCount(page, from + 1)) > from ? true : null),
      async send() {
        await client(notion).appendBlocks(page, lot);
        return true;
      },
    });
    before += lot.length;
  }
}
