import { z } from 'zod';
import { readAnswer } from '../../core/read-answer.ts';
import { ifGone } from '../../kit/if-gone.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import { onlyResult, writeResults } from './results.ts';

export interface Note {
  readonly id: string;
  readonly title: string | null;
  readonly content: string;
}

export interface DatedNote extends Note {
  /** ISO 8601 with an offset; null: it was not said. */
  readonly at: string | null;
  readonly by: string | null;
}

const NOTE_FIELDS = 'Note_Title,Note_Content,Created_Time';
const datedSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      Note_Title: z.string().nullish(),
      Note_Content: z.string().nullish(),
      Created_Time: z.iso.datetime({ offset: true }).nullish().catch(null),
      Created_By: z.object({ name: z.string().nullish() }).nullish().catch(null),
    }),
  ),
});
const pageSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      Note_Title: z.string().nullish(),
      Note_Content: z.string().nullish(),
    }),
  ),
  info: z.object({ more_records: z.boolean().catch(false) }).optional(),
});

/** Bounds the walk; nobody reads more notes than this of one record. */
const MOST_PAGES = 10;

export function noteCalls(api: ZohoApi) {
  return {
    /** Adds a note to a record. A repeat adds it again: look through `notes` before. */
    async addNote(
      module: string,
      recordId: string,
      note: { title: string; content: string },
    ): Promise<{ id: string }> {
      const data = [
        {
          Note_Title: note.title,
          Note_Content: note.content,
          Parent_Id: { id: recordId, module: { api_name: module } },
        },
      ];
      const { body } = await api({ method: 'POST', path: '/crm/v8/Notes', json: { data } });
      return { id: onlyResult(writeResults(body, 'insert')).id };
    },

    /** Writes a note anew. @returns false where it is not there any more. */
    changeNote: (id: string, note: { title: string; content: string }): Promise<boolean> =>
      ifGone(async () => {
        const data = [{ id, Note_Title: note.title, Note_Content: note.content }];
        const { body } = await api({ method: 'PUT', path: '/crm/v8/Notes', json: { data } });
        onlyResult(writeResults(body, 'update'));
        return true;
      }, false),
    /** The newest notes of a record, in one call. */
    async lastNotes(module: string, recordId: string, most: number): Promise<DatedNote[]> {
      const path = `/crm/v8/${module}/${encodeURIComponent(recordId)}/Notes`;
      const fields = `${NOTE_FIELDS},Created_By`;
      const { body } = await api({ path, query: { fields, page: 1, perPage: most } });
      if (body === null) return [];
      return readAnswer(datedSchema, body, VENDOR)
        .data.slice(0, most)
        .map((note) => ({
          id: note.id,
          title: note.Note_Title ?? null,
          content: note.Note_Content ?? '',
          at: note.Created_Time ?? null,
          by: note.Created_By?.name ?? null,
        }));
    },

    /** Notes of a record, newest first as Zoho gives them; the newest 2,000 at most. */
    async notes(module: string, recordId: string): Promise<Note[]> {
      const notes: Note[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const path = `/crm/v8/${module}/${encodeURIComponent(recordId)}/Notes`;
        const { body } = await api({ path, query: { fields: NOTE_FIELDS, page } });
        if (body === null) break;
        const { data, info } = readAnswer(pageSchema, body, VENDOR);
        notes.push(
          ...data.map((note) => ({
            id: note.id,
            title: note.Note_Title ?? null,
            content: note.Note_Content ?? '',
          })),
        );
        if (!info?.more_records) break;
      }
      return notes;
    },
  };
}
