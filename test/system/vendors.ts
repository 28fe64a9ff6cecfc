import { json, type LedgerEntry, ledger } from './liaison-process.ts';

export const setFault = (sandboxUrl: string, vendor: string, fault: object): Promise<unknown> =>
  json(`${sandboxUrl}/_sandbox/faults/${vendor}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });

/** What was created, as `<vendor> <object> <marker>`, once for each time. Writes without a marker are left out. */
export async function created(sandboxUrl: string): Promise<string[]> {
  const made = (entry: LedgerEntry): boolean => entry.action === 'create' && entry.marker !== null;
  return (await ledger(sandboxUrl))
    .filter(made)
    .map(({ vendor, object, marker }) => `${vendor} ${object} ${marker}`);
}

/** Things that a list names more than once. */
export const repeated = (things: readonly string[]): string[] => [
  ...new Set(things.filter((thing, index) => things.indexOf(thing) !== index)),
];

/** Texts of the messages in Slack. */
export const messages = async (sandboxUrl: string): Promise<string[]> =>
  (await ledger(sandboxUrl))
    .filter(({ vendor, object, action }) => vendor === 'slack' && object === 'message' && action === 'create')
    .map(({ record }) => String(record.text));

/** Titles and payment ids of the notes on CRM contacts. */
export const notes = async (sandboxUrl: string): Promise<string[]> =>
  (await ledger(sandboxUrl))
    .filter(({ vendor, object, action }) => vendor === 'zoho-crm' && object === 'note' && action === 'create')
    .map(({ record }) => String(record.Note_Content));
