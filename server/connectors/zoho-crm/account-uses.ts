import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Companion } from '../../core/sync/companions.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_IN, MOST_ROWS } from './coql.ts';

interface Use {
  readonly module: string;
  readonly field: string;
  readonly by: Sentence;
}

/** Where the CRM's own modules point to an account. */
const USES: readonly Use[] = [
  { module: 'Contacts', field: 'Account_Name', by: { en: 'a contact', fr: 'un contact' } },
  { module: 'Deals', field: 'Account_Name', by: { en: 'a deal', fr: 'une affaire' } },
  { module: 'Accounts', field: 'Parent_Account', by: { en: 'another account', fr: 'un autre compte' } },
  { module: 'Tasks', field: 'What_Id', by: { en: 'a task', fr: 'une tâche' } },
  { module: 'Events', field: 'What_Id', by: { en: 'a meeting', fr: 'une réunion' } },
  { module: 'Calls', field: 'What_Id', by: { en: 'a call', fr: 'un appel' } },
  { module: 'Notes', field: 'Parent_Id', by: { en: 'a note', fr: 'une note' } },
  { module: 'Cases', field: 'Account_Name', by: { en: 'a case', fr: 'un ticket' } },
  { module: 'Quotes', field: 'Account_Name', by: { en: 'a quote', fr: 'un devis' } },
  { module: 'Sales_Orders', field: 'Account_Name', by: { en: 'a sales order', fr: 'une commande' } },
  { module: 'Invoices', field: 'Account_Name', by: { en: 'an invoice', fr: 'une facture' } },
];

const usedBy = ({ en, fr }: Sentence): Sentence => ({
  en: `It is used by ${en}, and stays.`,
  fr: `Il est utilisé par ${fr}, et reste.`,
});
const EDITED: Sentence = {
  en: 'Somebody changed it since it was made: it stays.',
  fr: 'Quelqu’un l’a modifié depuis sa création\u00a0: il reste.',
};
const UNSEEN: Sentence = {
  en: 'Liaison may not see whether other records use it: it stays.',
  fr: 'Liaison n’a pas le droit de voir si d’autres fiches l’utilisent\u00a0: il reste.',
};

/**
 * Which of these accounts are as they were made, and used by nothing.
 *
 * @returns by id: 'unused', or why it has to stay; nothing for those that are gone.
 */
export async function unusedAccounts(
  client: ZohoCrmClient,
  made: readonly Companion[],
): Promise<Map<string, Sentence | 'unused'>> {
  const standing = new Map<string, Sentence | 'unused'>();
  for (let from = 0; from < made.length; from += MOST_IN) {
    const some = made.slice(from, from + MOST_IN);
    const rows = await client.records(
      'Accounts',
      some.map(({ id }) => id),
      ['Account_Name', 'Created_Time', 'Modified_Time'],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { id, version } of some) {
      const row = byId.get(id);
      if (row === undefined) continue;
      const isSame =
        Date.parse(String(row.Modified_Time)) === Date.parse(version ?? String(row.Created_Time));
      standing.set(id, isSame ? 'unused' : EDITED);
    }
  }
  for (const use of USES) await tellUses(client, use, standing);
  return standing;
}

const free = (standing: ReadonlyMap<string, Sentence | 'unused'>): string[] =>
  [...standing].flatMap(([id, why]) => (why === 'unused' ? id : []));

async function tellUses(
  client: ZohoCrmClient,
  { module, field, by }: Use,
  standing: Map<string, Sentence | 'unused'>,
): Promise<void> {
  const all = free(standing);
  for (let from = 0; from < all.length; from += MOST_IN) {
    const some = all.slice(from, from + MOST_IN);
    // One account may fill a whole answer: the others are asked for again.
    for (let open = some; open.length > 0; ) {
      const used = await usersOf(client, module, field, open);
      const why = used === 'unseen' ? UNSEEN : usedBy(by);
      const ids = used === 'unseen' ? open : used.ids;
      for (const id of ids) if (open.includes(id)) standing.set(id, why);
      if (used === 'unseen' || !used.more || ids.length === 0) break;
      open = open.filter((id) => !ids.includes(id));
    }
  }
}

async function usersOf(
  client: ZohoCrmClient,
  module: string,
  field: string,
  ids: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly more: boolean } | 'unseen'> {
  try {
    const list = ids.map(coqlText).join(', ');
    const { rows, more } = await client.query(
      `select ${field} from ${module} where ${field} in (${list}) limit ${MOST_ROWS}`,
    );
    return { ids: [...new Set(rows.map((row) => idOf(row[field])))], more };
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    if (isAbsent(error)) return { ids: [], more: false };
    if (error.kind === 'rejected') return 'unseen';
    throw error;
  }
}

/** A module, or a field of it, that this organisation's edition does not have. */
const isAbsent = ({ kind, details }: LiaisonError): boolean =>
  kind === 'rejected' && /^(INVALID_MODULE|INVALID_QUERY|NOT_SUPPORTED)\b/.test(details.vendorMessage ?? '');

function idOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'id' in value) return String(value.id);
  return String(value ?? '');
}
