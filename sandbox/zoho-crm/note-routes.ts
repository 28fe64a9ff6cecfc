import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { createRecords, dataOf } from './batch.ts';
import { type Call, moduleOf, route } from './call.ts';
import { catalogueOf } from './catalogue.ts';
import { invalidId, invalidModule } from './failure.ts';
import { fieldsOf } from './list.ts';
import { pageOf } from './paging.ts';
import { recordsOf, shown } from './record.ts';

/** Notes below the record that they are about. */
export function noteRoutes(router: Router, desk: VendorDesk): void {
  router.get('/:module/:id/Notes', route(desk, ['ZohoCRM.modules.notes.READ'], list));
  router.post('/:module/:id/Notes', route(desk, ['ZohoCRM.modules.notes.CREATE'], create));
}

function list(call: Call) {
  const { desk, request } = call;
  const id = parentOf(call);
  const notes = notesModule(desk);
  const own = recordsOf(desk, 'Notes')
    .all()
    .filter((note) => (note.Parent_Id as { id: string }).id === id);
  // This one list calls its page size perPage.
  const page = pageOf(own.toReversed(), {
    ...request.query,
    per_page: request.query.perPage ?? request.query.per_page,
  });
  if (page.items.length === 0) return { status: 204 };
  const data = page.items.map((note) => shown(desk, notes, note, fieldsOf(request.query.fields)));
  const info = {
    per_page: page.perPage,
    count: data.length,
    page: page.page,
    more_records: page.more,
    next_page_token: null,
    previous_page_token: null,
    page_token_expiry: null,
  };
  return { status: 200, body: { data, info } };
}

function create(call: Call) {
  const { desk, request, user } = call;
  const id = parentOf(call);
  const { data, trigger } = dataOf(bodyOf(request).json);
  const module = notesModule(desk);
  const operation = `POST /${request.params.module}/:id/Notes`;
  return createRecords(
    { desk, module, user, trigger, operation },
    data.map((note) => ({ ...note, Parent_Id: { id } })),
  );
}

function parentOf(call: Call): string {
  const id = String(call.request.params.id);
  if (!recordsOf(call.desk, moduleOf(call).apiName).get(id)) throw invalidId();
  return id;
}

function notesModule(desk: VendorDesk) {
  const module = catalogueOf(desk).module('Notes');
  if (!module) throw invalidModule();
  return module;
}
