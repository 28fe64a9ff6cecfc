import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { type FormFile, fileForm } from '../../kit/file-form.ts';
import { dataCentreOf } from '../families/zoho/data-centres.ts';
import { problemError, problemOf, VENDOR } from './failures.ts';

const doneSchema = z.object({
  data: z.array(z.object({ details: z.object({ id: z.string() }) })).min(1),
});

/**
 * Sends a file to where the CRM takes one.
 * https://www.zoho.com/crm/developer/docs/api/v8/upload-files-to-zfs.html, upload-attachment.html
 *
 * @returns the CRM's own id of it.
 * @throws LiaisonError what it answers of this file, too: `refusedFile` knows which.
 */
export async function sendFile(http: ConnectorHttp, path: string, file: FormFile): Promise<string> {
  const form = fileForm('file', file);
  const response = await http.fetch(`${dataCentreOf(http.apiUrl).apiUrl}${path}`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': form.contentType },
    body: form.body,
  });
  const body: unknown = await response.json();
  const [first] = (body as { data?: unknown[] }).data ?? [];
  const problem = problemOf(first);
  if (problem !== null) throw problemError(problem);
  const [done] = readAnswer(doneSchema, body, VENDOR, true).data;
  return done?.details.id ?? '';
}
