import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { coqlText } from '../../connectors/zoho-crm/coql.ts';
import { type FlowTrial, MOST_OFFERED, type TrialRecord, type TrialSource } from '../../core/trial.ts';
import { modulesOf, type ToldModule } from './occasion.ts';
import type { Settings } from './settings.ts';

const NAMES: Readonly<Record<ToldModule, string>> = {
  Leads: 'Last_Name',
  Contacts: 'Last_Name',
  Deals: 'Deal_Name',
};
const WORDS: Readonly<Record<ToldModule, { readonly en: string; readonly fr: string }>> = {
  Leads: { en: 'Lead', fr: 'Prospect' },
  Contacts: { en: 'Contact', fr: 'Contact' },
  Deals: { en: 'Deal', fr: 'Affaire' },
};

async function latestOf(
  { client }: TrialSource<Settings>,
  module: ToldModule,
  search: string | null,
): Promise<TrialRecord[]> {
  const name = NAMES[module];
  const isPerson = module !== 'Deals';
  const columns = ['id', name, 'Modified_Time', ...(isPerson ? ['First_Name', 'Email'] : [])].join(', ');
  const has = isPerson ? 'Email is not null' : 'Contact_Name is not null';
  const where = search === null ? has : `${name} like ${coqlText(`%${search}%`)}`;
  const { rows } = await client(zohoCrm).query(
    `select ${columns} from ${module} where ${where} order by Modified_Time desc limit ${MOST_OFFERED}`,
  );
  return rows.map((row) => {
    const title = [row.First_Name, row[name]].filter((one) => typeof one === 'string').join(' ');
    const email = typeof row.Email === 'string' ? `, ${row.Email}` : '';
    const { en, fr } = WORDS[module];
    const at = Date.parse(String(row.Modified_Time ?? ''));
    return {
      id: `${module} ${row.id}`,
      title: title || row.id,
      detail: { en: `${en}${email}`, fr: `${fr}${email}` },
      ...(Number.isNaN(at) ? {} : { at: new Date(at).toISOString() }),
    };
  });
}

/** The records that changed last, of whichever module. */
export const recordTrial: FlowTrial<Settings> = {
  async records(source, search) {
    const found = await Promise.all(
      modulesOf(source.settings).map((module) => latestOf(source, module, search)),
    );
    return found
      .flat()
      .sort((one, other) => (other.at ?? '').localeCompare(one.at ?? ''))
      .slice(0, MOST_OFFERED);
  },
  // The run reads the record itself: that there is none is its to say.
  async event(source, record) {
    const [, module = '', id = ''] = /^(\w+) (\d{1,30})$/.exec(record) ?? [];
    if (!modulesOf(source.settings).some((one) => one === module)) return null;
    return { topic: `${module}.update`, recordId: id, body: {} };
  },
};
