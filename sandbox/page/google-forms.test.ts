import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { findCalendar } from '../google-calendar/find.ts';
import { type EventRow, eventsOf } from '../google-calendar/rows.ts';
import { listedContacts, livingContact } from '../google-people/book.ts';
import { simulators } from '../index.ts';
import { sandboxPages } from './router.ts';

let folder: string;
let sandbox: RunningSandbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-forms-'));
  const pages = sandboxPages({ liaisonUrl: 'http://127.0.0.1:3999' });
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, pages });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const get = async (path: string, language = 'en'): Promise<string> =>
  (await fetch(`${sandbox.url}${path}`, { headers: { 'accept-language': language } })).text();

async function post(path: string, form: Record<string, string>): Promise<{ status: number; text: string }> {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${sandbox.url}${path}`, { method: 'POST', body, redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
}

/** The form of a page, filled in as it stands there. */
async function formAt(path: string): Promise<Record<string, string>> {
  const text = await get(path);
  const form = text.slice(text.lastIndexOf('<form'));
  const inputs = [...form.matchAll(/<input([^>]*)>/g)].map(([, members = '']) => {
    const member = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(members)?.[1] ?? '';
    return [member('name'), member('value')];
  });
  return Object.fromEntries(inputs);
}

const calendar = () => sandbox.desk('google-calendar');
const meeting = (title: string): EventRow =>
  eventsOf(calendar(), findCalendar(calendar(), 'primary').id).find(
    ({ fields }) => fields.summary === title,
  )!;

const linksOf = (text: string, path: string): string[] =>
  [...text.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => href.startsWith(path));

test('a meeting of the agenda is moved, answered and deleted from its page', async () => {
  const title = 'Visite du domaine du Clos Vert';
  const { id, attendees } = meeting(title);
  const path = linksOf(await get('/view/agenda'), '/view/agenda/meeting?').find((href) => href.includes(id))!;
  const typed = await formAt(path);
  expect(typed).toMatchObject({ event: id, summary: title, from: '09:00', to: '11:30' });
  expect(
    (await post('/view/agenda/meeting', { ...typed, from: '14:00', to: '16:00', do: 'save' })).status,
  ).toBe(303);
  expect(await formAt(path)).toMatchObject({ from: '14:00', to: '16:00' });
  // Who is invited is not touched by it.
  expect(meeting(title).attendees).toEqual(attendees);
  await post('/view/agenda/meeting', { ...typed, response: 'declined', do: 'save' });
  expect(meeting(title).attendees.find(({ email }) => email.startsWith('hugo'))?.responseStatus).toBe(
    'declined',
  );
  await post('/view/agenda/meeting', { event: id, do: 'delete' });
  expect(meeting(title).status).toBe('cancelled');
});

test('one occurrence of a series is changed alone', async () => {
  const title = 'Point hebdomadaire Pélissier';
  const series = meeting(title);
  const [path = ''] = linksOf(await get('/view/agenda'), '/view/agenda/meeting?').filter((href) =>
    href.includes(series.id),
  );
  await post('/view/agenda/meeting', { ...(await formAt(path)), summary: 'Point reporté', do: 'save' });
  expect(meeting('Point reporté').exceptionOf).toBe(series.id);
  expect(meeting(title).recurrence).toEqual(series.recurrence);
});

test('a new meeting has hours, or none for a whole day; what cannot be is told', async () => {
  const day = { day: '2027-03-01', location: '' };
  await post('/view/agenda/meeting', { ...day, summary: 'Essai', from: '10:00', to: '11:00', do: 'save' });
  expect(meeting('Essai').start).toEqual({ at: '2027-03-01T09:00:00Z', timeZone: 'Europe/Paris' });
  await post('/view/agenda/meeting', { ...day, summary: 'Journée', from: '', to: '', do: 'save' });
  expect(meeting('Journée')).toMatchObject({ start: { date: '2027-03-01' }, end: { date: '2027-03-02' } });
  const refused = await post('/view/agenda/meeting', {
    ...day,
    summary: 'À rebours',
    from: '11:00',
    to: '10:00',
    do: 'save',
  });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('role="alert"');
});

test('a contact is changed, keeps what the form does not show, and is deleted; a new one is added', async () => {
  const desk = sandbox.desk('google-people');
  const all = () => listedContacts(desk).listed.flatMap(({ id }) => livingContact(desk, id) ?? []);
  const sophie = all().find(({ person }) => (person.phoneNumbers?.length ?? 0) > 0 && person.emailAddresses)!;
  const path = linksOf(await get('/view/contacts', 'fr'), '/view/contacts/contact?').find((href) =>
    href.includes(sophie.id),
  )!;
  const typed = await formAt(path);
  await post('/view/contacts/contact', { ...typed, phone: '+33 6 39 98 11 22', do: 'save' });
  const after = livingContact(desk, sophie.id)!.person;
  expect(after.phoneNumbers?.[0]).toMatchObject({ value: '+33 6 39 98 11 22' });
  expect(after.phoneNumbers).toHaveLength(sophie.person.phoneNumbers!.length);
  expect([after.names, after.emailAddresses, after.organizations]).toEqual([
    sophie.person.names,
    sophie.person.emailAddresses,
    sophie.person.organizations,
  ]);
  await post('/view/contacts/contact', { contact: sophie.id, do: 'delete' });
  expect(livingContact(desk, sophie.id)).toBeUndefined();
  const zoe = { givenName: 'Zoé', familyName: 'Essai', email: 'zoe@exemple.example', phone: '', company: '' };
  await post('/view/contacts/contact', { ...zoe, do: 'save' });
  expect(all().some(({ person }) => person.emailAddresses?.[0]?.value === 'zoe@exemple.example')).toBe(true);
});

test('the forms speak the language of the page', async () => {
  expect(await get('/view/agenda/meeting', 'fr')).toContain('Ajouter une réunion dans Google Agenda');
  expect(await get('/view/contacts/contact', 'fr')).toContain('Ajouter un contact dans Google');
  expect(await get('/view/agenda', 'fr')).toContain('Modifier la réunion');
});

describe('the scenarios', () => {
  const play = async (id: string, parameters: object = {}) => {
    const body = JSON.stringify(parameters);
    const answer = await fetch(`${sandbox.url}/_sandbox/scenarios/${id}`, { method: 'POST', body });
    const { phone, contact } = (await answer.json()) as { phone?: string; contact?: string };
    return { status: answer.status, phone, contact };
  };

  test('are listed, and move a meeting, decline it, and change a contact', async () => {
    const listed = await (await fetch(`${sandbox.url}/_sandbox`)).text();
    for (const id of ['google-meeting-moved', 'google-meeting-declined', 'google-contact-edited'])
      expect(listed).toContain(id);
    const title = 'Présentation des maquettes — L’Œil Ouvert';
    const before = meeting(title).start as { at: string };
    await play('google-meeting-moved', { title, days: 2 });
    expect(Date.parse((meeting(title).start as { at: string }).at) - Date.parse(before.at)).toBe(
      2 * 86_400_000,
    );
    const answer = () =>
      meeting(title).attendees.find(({ email }) => email.startsWith('hugo'))?.responseStatus;
    await play('google-meeting-declined', { title });
    expect(answer()).toBe('declined');
    await play('google-meeting-declined', { title });
    expect(answer()).toBe('accepted');
    const { phone, contact, status } = await play('google-contact-edited');
    expect(status).toBe(200);
    const { person } = livingContact(sandbox.desk('google-people'), contact!.replace('people/', ''))!;
    expect(person.phoneNumbers?.map(({ value }) => value)).toContain(phone);
    expect((await play('google-meeting-moved', { title: 'Nulle part' })).status).toBeGreaterThanOrEqual(400);
  });
});
