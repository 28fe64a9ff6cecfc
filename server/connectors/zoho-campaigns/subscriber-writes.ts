import { LiaisonError } from '../../core/errors.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import type { ZohoCampaignsClient } from './client.ts';
import { listNow, noteTakenOut } from './list-in-a-turn.ts';
import { EMAIL, emailOf, fieldsFrom, idOf, OPTED_OUT } from './subscriber-fields.ts';
import { demandTopic, type SubscriberOptions } from './subscriber-options.ts';

/**
 * People that are written after one look at who left: `listsubscribe` adds and changes alike, and no page says that
 * it leaves alone who unsubscribed. The fewer they are, the less can happen between the look and the write.
 */
export const LOT = 20;

const rejected = (sentence: Sentence, field?: string): LiaisonError =>
  new LiaisonError('rejected', { sentence, ...(field === undefined ? {} : { field }) });

export const OPTED_OUT_ALREADY: Sentence = {
  en: 'This person opted out. A mailing list of Zoho Campaigns holds subscribers only: they are not put in.',
  fr: 'Cette personne s’est opposée aux e-mails. Une liste de Zoho Campaigns ne contient que des abonnés\u00a0: elle n’y est pas mise.',
};
const LEFT_BEFORE: Sentence = {
  en: 'This person unsubscribed in Zoho Campaigns, called a mail spam, or their address bounces. Only they can subscribe again: Liaison leaves them out.',
  fr: 'Cette personne s’est désabonnée dans Zoho Campaigns, a signalé un e-mail comme indésirable, ou son adresse est en erreur. Elle seule peut se réabonner\u00a0: Liaison l’écarte.',
};
const WITHOUT_ADDRESS: Sentence = {
  en: 'This record has no e-mail address, by which Zoho Campaigns knows people. Give it one, then retry.',
  fr: 'Cette fiche n’a pas d’adresse e-mail, à laquelle Zoho Campaigns reconnaît les gens. Donnez-lui-en une, puis relancez.',
};
const SHARED_ADDRESS: Sentence = {
  en: 'Two records have this e-mail address, and Zoho Campaigns knows people by theirs. Merge the two, or correct one, then retry.',
  fr: 'Deux fiches ont cette adresse e-mail, et Zoho Campaigns reconnaît les gens à la leur. Fusionnez-les, ou corrigez l’une, puis relancez.',
};
const OTHER_ADDRESS: Sentence = {
  en: 'Zoho Campaigns knows people by their address and has no way to change it: the list still writes to the old one. Change it in Campaigns, or unsubscribe the old one there and let the person sign up with the new one.',
  fr: 'Zoho Campaigns reconnaît les gens à leur adresse et n’a aucun moyen de la changer\u00a0: la liste écrit toujours à l’ancienne. Changez-la dans Campaigns, ou désabonnez-y l’ancienne et faites inscrire la personne avec la nouvelle.',
};
const NOT_THERE: Sentence = {
  en: 'This person is not in the list: they have not confirmed by mail yet, or were taken out. Nothing is written to them again; the change follows once they are there.',
  fr: 'Cette personne n’est pas dans la liste\u00a0: elle n’a pas encore confirmé par e-mail, ou en a été retirée. Rien ne lui est écrit de nouveau\u00a0; la modification suivra dès qu’elle y sera.',
};
const CAME_BEFORE: Sentence = {
  en: 'This person came into the list in Zoho Campaigns meanwhile. Nothing of theirs is written; the two are linked when the list is read next.',
  fr: 'Cette personne est entre-temps entrée dans la liste dans Zoho Campaigns. Rien n’y est écrit\u00a0; les deux seront reliées à la prochaine lecture de la liste.',
};
const TOO_LONG: Sentence = {
  en: 'This mailing list is so long that Liaison cannot see before a change whether the person is still in it, and a change would put them in again. Change it in Zoho Campaigns.',
  fr: 'Cette liste est si longue que Liaison ne peut voir, avant une modification, si la personne y est encore, et la modification l’y remettrait. Modifiez-la dans Zoho Campaigns.',
};
/** Why whoever is gone from the list is put in again by people only. */
export const NOT_MADE_AGAIN: Sentence = {
  en: 'This person is not in the list any more, or may have been asked by mail to confirm and did not yet. Liaison does not put them in again: add them in Zoho Campaigns, and they are linked.',
  fr: 'Cette personne n’est plus dans la liste, ou un e-mail lui a peut-être demandé une confirmation qui n’est pas venue. Liaison ne l’y remet pas\u00a0: ajoutez-la dans Zoho Campaigns, et elle sera reliée.',
};
export const STAYS: Sentence = {
  en: 'Zoho Campaigns has no way to take somebody out of a list short of unsubscribing them for good, which is theirs to decide. Take them out in Campaigns, or let the other side opt them out.',
  fr: 'Zoho Campaigns n’a aucun moyen de retirer quelqu’un d’une liste sans le désabonner définitivement, ce qui lui revient. Retirez-le dans Campaigns, ou marquez-le désabonné de l’autre côté.',
};

const NO_ADDRESS: Sentence = {
  en: 'Zoho Campaigns does not take this e-mail address. Correct it in the record, then retry.',
  fr: 'Zoho Campaigns n’accepte pas cette adresse e-mail. Corrigez-la dans la fiche, puis relancez.',
};
/** What no vendor takes for an address is not sent. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Puts people into the list. Whoever left it is never put in again, and of whoever came into it since nothing is changed. */
export async function create(
  client: ZohoCampaignsClient,
  drafts: readonly Draft[],
  options: SubscriberOptions,
): Promise<WriteOutcome[]> {
  const { list, topic } = options;
  await demandTopic(client, topic);
  const now = await listNow(client, list);
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    const id = idOf(emailOf(draft.values));
    if (!first.has(id)) first.set(id, draft);
  }
  const there = await now.whoIsThere([...first.keys()]);
  return oneByOne(drafts, async (draft) => {
    const { values } = draft;
    const [email, id] = [emailOf(values), idOf(emailOf(values))];
    const why = refusal(values, { isDouble: first.get(id) !== draft, hasLeft: now.left.has(id) });
    if (why !== null) return { ok: false, error: why };
    // They may have left the topic since they came: it is not sent to them.
    if (there?.has(id) === true)
      return { ok: false, error: new LiaisonError('retry-later', { sentence: CAME_BEFORE }) };
    await client.subscribe(list, { email, values: written(fieldsFrom(values)) }, topic);
    now.came(id);
    return { ok: true, id, version: null };
  });
}

function refusal(
  values: FieldValues,
  { isDouble, hasLeft }: { readonly isDouble: boolean; readonly hasLeft: boolean },
): LiaisonError | null {
  if (emailOf(values) === '') return rejected(WITHOUT_ADDRESS, EMAIL);
  if (!ADDRESS.test(emailOf(values))) return rejected(NO_ADDRESS, EMAIL);
  if (isDouble) return rejected(SHARED_ADDRESS, EMAIL);
  if (values[OPTED_OUT] === true) return rejected(OPTED_OUT_ALREADY);
  return hasLeft ? rejected(LEFT_BEFORE) : null;
}

/** Of somebody new, what is blank is not sent. */
const written = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/**
 * Changes what is known of people, and takes out who opted out. A change is sent by the call that subscribes, so only to
 * those who are subscribed at that moment, and without the topic: who left that stays without it.
 */
export async function update(
  client: ZohoCampaignsClient,
  patches: readonly Patch[],
  { list, optOut }: SubscriberOptions,
): Promise<WriteOutcome[]> {
  const changed = patches.filter(({ values }) => values[OPTED_OUT] !== true);
  const untaken = await notTaken(
    client,
    list,
    changed.map(({ id }) => id),
  );
  return oneByOne(patches, async ({ id, values }) => {
    if (values[OPTED_OUT] === true) {
      await leave(client, id, { list, optOut });
      noteTakenOut(client, list, id);
      const leftAlone = Object.keys(values).filter((one) => one !== OPTED_OUT);
      return { ok: true, id, version: null, leftAlone };
    }
    const address = values[EMAIL];
    if (address !== undefined && idOf(emailOf(values)) !== id)
      return { ok: false, error: rejected(OTHER_ADDRESS, EMAIL) };
    const why = untaken.get(id);
    if (why !== undefined) return { ok: false, error: why };
    await client.subscribe(list, { email: id, values: fieldsFrom(values) }, null);
    return { ok: true, id, version: null };
  });
}

/** Of these people, those of whom nothing is changed, and why: the call that would do it subscribes. */
async function notTaken(
  client: ZohoCampaignsClient,
  key: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LiaisonError>> {
  if (ids.length === 0) return new Map();
  const now = await listNow(client, key);
  const there = await now.whoIsThere(ids);
  const whyNot = (id: string): LiaisonError | null => {
    // They left just now: the next look carries that over.
    if (now.left.has(id)) return new LiaisonError('conflict', { sentence: LEFT_BEFORE });
    if (there === null) return rejected(TOO_LONG);
    if (there.has(id)) return null;
    // Whoever has a mail to confirm would be asked again by each change of theirs; whoever has none was taken out.
    return now.list.hasForm
      ? new LiaisonError('retry-later', { sentence: NOT_THERE })
      : new LiaisonError('gone', { sentence: NOT_MADE_AGAIN });
  };
  const untaken = new Map<string, LiaisonError>();
  for (const id of ids) {
    const why = whyNot(id);
    if (why !== null) untaken.set(id, why);
  }
  return untaken;
}

/** Who is in no list any more has left it already. */
async function leave(
  client: ZohoCampaignsClient,
  id: string,
  { list, optOut }: Pick<SubscriberOptions, 'list' | 'optOut'>,
): Promise<void> {
  await ifGone(() => client.unsubscribe(list, id), undefined);
  if (optOut === 'everything') await client.doNotMail(id);
}
