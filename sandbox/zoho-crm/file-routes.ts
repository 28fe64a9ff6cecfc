import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Call, route } from './call.ts';
import { CrmFailure, crmError } from './failure.ts';

/** A file of the organisation's file system, which records and mails name by its id. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

const MOST_FILES = 10;
const LARGEST = 20 * 1_024 * 1_024;
/** What every scanner takes for a virus, and none is. https://www.eicar.org/download-anti-malware-testfile/ */
export const TEST_VIRUS = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

export const filesOf = (desk: VendorDesk) => desk.table<StoredFile>('files');

/** https://www.zoho.com/crm/developer/docs/api/v8/upload-files-to-zfs.html */
export function fileRoutes(router: Router, desk: VendorDesk): void {
  router.post('/files', route(desk, ['ZohoCRM.Files.CREATE'], upload));
}

function upload({ desk, request }: Call) {
  const files = bodyOf(request).files.filter(({ field }) => field === 'file');
  if (files.length === 0 || files.length > MOST_FILES)
    throw new CrmFailure(
      400,
      crmError(
        'INVALID_REQUEST',
        'unable to process your request. please verify whether you have entered proper method name, parameter and parameter values.',
      ),
    );
  if (files.some(({ bytes }) => bytes.length > LARGEST))
    throw new CrmFailure(
      415,
      crmError(
        'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
        'Please check if the size of the file is in the correct range',
      ),
    );
  if (files.some(({ bytes }) => Buffer.from(bytes).includes(TEST_VIRUS)))
    throw new CrmFailure(
      400,
      crmError('VIRUS_DETECTED', 'Unable to process your request. Virus has been detected.'),
    );
  const data = files.map(({ name, bytes }) => {
    const id = desk.id('2cceafa194d037b63f2181dd8186486f', 32);
    filesOf(desk).put(id, { id, name, size: bytes.length });
    desk.wrote({
      operation: 'POST /files',
      object: 'file',
      id,
      action: 'create',
      marker: null,
      record: { id, name },
    });
    return {
      code: 'SUCCESS',
      details: { name, id },
      message: `${name} uploaded Succeessfully`,
      status: 'success',
    };
  });
  return { status: 200, body: { data } };
}
