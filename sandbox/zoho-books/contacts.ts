import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { changedContact, changedPerson, newContact, newPerson } from './contact-draft.ts';
import { contactAlone, contactInList, personView, primaryOf } from './contact-view.ts';
import { mandatory } from './fields.ts';
import { type Listing, listed, query } from './listing.ts';
import { invalid, notFound } from './refusal.ts';
import type { ContactRow } from './rows.ts';

const STATUSES: Readonly<Record<string, (contact: ContactRow) => boolean>> = {
  'Status.All': () => true,
  'Status.Active': ({ status }) => status === 'active',
  'Status.Inactive': ({ status }) => status === 'inactive',
  'Status.Crm': ({ zcrm_contact_id, zcrm_account_id }) => zcrm_contact_id !== '' || zcrm_account_id !== '',
};

/** An e-mail, a name or a phone is looked for in every person of a contact. */
const LISTING: Listing<ContactRow> = {
  texts: {
    contact_name: (row) => [row.contact_name],
    company_name: (row) => [row.company_name],
    contact_type: (row) => [row.contact_type],
    email: (row) => row.persons.map(({ email }) => email),
    first_name: (row) => row.persons.map(({ first_name }) => first_name),
    last_name: (row) => row.persons.map(({ last_name }) => last_name),
    phone: (row) => row.persons.flatMap(({ phone, mobile }) => [phone, mobile]),
  },
  exact: {
    zcrm_contact_id: (row) => row.zcrm_contact_id,
    zcrm_account_id: (row) => row.zcrm_account_id,
  },
  search: (row) => [row.contact_name, row.company_name, ...row.persons.map(({ email }) => email)],
  sort: {
    contact_name: (row) => row.contact_name,
    first_name: (row) => primaryOf(row)?.first_name ?? '',
    last_name: (row) => primaryOf(row)?.last_name ?? '',
    email: (row) => primaryOf(row)?.email ?? '',
    created_time: (row) => row.created,
    last_modified_time: (row) => row.modified,
  },
  defaultSort: { column: 'contact_name', order: 'A' },
};

export function contactRoutes(router: Router, books: Books): void {
  const held = (id: unknown): ContactRow => {
    const contact = books.contacts.get(String(id));
    if (!contact) throw notFound('Contact');
    return contact;
  };
  const keep = (contact: ContactRow, operation: string, action: 'create' | 'update'): void => {
    books.contacts.put(contact.contact_id, contact);
    books.wrote(contact.contact_id);
    const marker = primaryOf(contact)?.email || null;
    const record = contactAlone(books, contact);
    books.desk.wrote({ operation, object: 'contact', id: contact.contact_id, action, marker, record });
  };

  router.get('/contacts', (request, response) => {
    const filter = STATUSES[query(request, 'filter_by') || 'Status.All'];
    if (!filter) throw invalid('filter_by');
    const { rows, context } = listed(
      books.listed(books.contacts, (row) => row.contact_id).filter(filter),
      request,
      LISTING,
    );
    answer(response, {
      contacts: rows.map((row) => contactInList(books, row)),
      page_context: { ...context, applied_filter: query(request, 'filter_by') || 'Status.All' },
    });
  });
  router.post('/contacts', (request, response) => {
    const contact = newContact(books, bodyFields(request));
    keep(contact, 'POST /contacts', 'create');
    answer(response, { contact: contactAlone(books, contact) }, 'The contact has been added.', 201);
  });

  router.post('/contacts/contactpersons', (request, response) => {
    const body = bodyFields(request);
    const contact = held(mandatory(body, 'contact_id'));
    mandatory(body, 'first_name');
    const person = newPerson(books, body, contact.persons.length === 0);
    const changed = { ...contact, persons: [...contact.persons, person], modified: books.now() };
    keep(changed, 'POST /contacts/contactpersons', 'update');
    const contact_person = { contact_id: contact.contact_id, ...personView(person) };
    answer(response, { contact_person }, 'The contact person has been created.', 201);
  });
  router.put('/contacts/contactpersons/:person', (request, response) => {
    const body = bodyFields(request);
    const contact = held(mandatory(body, 'contact_id'));
    const before = contact.persons.find(
      ({ contact_person_id }) => contact_person_id === request.params.person,
    );
    if (!before) throw notFound('Contact person');
    const person = changedPerson(before, body);
    const persons = contact.persons.map((one) => (one === before ? person : one));
    keep({ ...contact, persons, modified: books.now() }, 'PUT /contacts/contactpersons/{id}', 'update');
    const contact_person = { contact_id: contact.contact_id, ...personView(person) };
    answer(response, { contact_person }, 'The contact person details have been updated.');
  });

  router.get('/contacts/:id', (request, response) => {
    answer(response, { contact: contactAlone(books, held(request.params.id)) });
  });
  router.put('/contacts/:id', (request, response) => {
    const contact = changedContact(books, held(request.params.id), bodyFields(request));
    keep(contact, 'PUT /contacts/{id}', 'update');
    answer(response, { contact: contactAlone(books, contact) }, 'Contact information has been saved.');
  });
  for (const status of ['active', 'inactive'] as const) {
    router.post(`/contacts/:id/${status}`, (request, response) => {
      keep(
        { ...held(request.params.id), status, modified: books.now() },
        `POST /contacts/{id}/${status}`,
        'update',
      );
      answer(response, {}, `The contact has been marked as ${status}.`);
    });
  }
  router.get('/contacts/:id/contactpersons', (request, response) => {
    const { persons } = held(request.params.id);
    const { rows, context } = listed(persons, request, PERSONS);
    const contact_persons = rows.map(personView).map((person) => ({ ...person, is_added_in_portal: false }));
    answer(response, { contact_persons, page_context: context });
  });
}

const PERSONS: Listing<ContactRow['persons'][number]> = {
  texts: {},
  search: (row) => [row.first_name, row.last_name, row.email],
  sort: { first_name: (row) => row.first_name, contact_person_id: (row) => row.contact_person_id },
  defaultSort: { column: 'first_name', order: 'A' },
};
