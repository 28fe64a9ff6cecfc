import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { FormFile } from '../../kit/file-form.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import { refusedFile } from './refused-file.ts';
import { sendFile } from './send-file.ts';

/** A file beside a record. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
}

export type Attached = { readonly id: string } | { readonly refused: Sentence };

const listSchema = z.object({
  data: z.array(z.object({ id: z.string(), File_Name: z.string().nullish() })),
});

/**
 * Files beside a record, of any module. They need no permission beside that for the records.
 * https://www.zoho.com/crm/developer/docs/api/v8/upload-attachment.html, get-attachments.html
 */
export function attachmentCalls(http: ConnectorHttp, api: ZohoApi) {
  const pathOf = (module: string, id: string): string =>
    `/crm/v8/${module}/${encodeURIComponent(id)}/Attachments`;
  return {
    async attachments(module: string, recordId: string): Promise<Attachment[]> {
      const { body } = await api({ path: pathOf(module, recordId), query: { fields: 'id,File_Name' } });
      if (body === null) return [];
      return readAnswer(listSchema, body, VENDOR).data.map(({ id, File_Name }) => ({
        ...{ id, name: File_Name ?? '' },
      }));
    },

    /**
     * Puts a file beside a record. A repeat puts it there again: look before.
     *
     * @returns its id, or why the CRM does not want this file.
     */
    async attach(module: string, recordId: string, file: FormFile): Promise<Attached> {
      try {
        return { id: await sendFile(http, pathOf(module, recordId), file) };
      } catch (thrown) {
        if (!(thrown instanceof LiaisonError) || thrown.kind !== 'rejected') throw thrown;
        return { refused: refusedFile(thrown) ?? inItsWords(thrown) };
      }
    },
  };
}

function inItsWords({ details: { vendorMessage = '' } }: LiaisonError): Sentence {
  return {
    en: `The CRM does not take it: ${vendorMessage}`,
    fr: `Le CRM ne le prend pas\u00a0: ${vendorMessage}`,
  };
}
