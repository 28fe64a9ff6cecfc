import type { Attached } from '../../connectors/zoho-crm/attachments.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { endOfPath, fileName, toldApart } from '../../core/file-name.ts';
import type { FormAnswer } from '../../core/forms/answer.ts';
import type { FetchedFile } from '../../core/forms/fetched-file.ts';
import { nameInAddress } from '../../core/forms/fetched-file.ts';
import { formsOf } from '../../core/forms/offer.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Module } from './person-of-answer.ts';
import type { Context } from './steps.ts';

/** Of one answer; and bytes of one file, as of a mail's. */
const MOST_FILES = 20;
const LARGEST = 20_000_000;
/** Whoever filled the form in says what type a file has. */
const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i;
const ANY_TYPE = 'application/octet-stream';

export interface FilesDone {
  readonly attached: number;
  /** Which are missing, and why. */
  readonly leftOut: readonly Sentence[];
}

/** A file of an answer, and how it is had. */
interface AnsweredFile {
  readonly name: string;
  bytes(): Promise<FetchedFile>;
}

/** Attaches what somebody uploaded to the record, each file once; the record stands whatever comes of it. */
export async function attachFiles(
  context: Context,
  answer: FormAnswer,
  { module, id, isNew }: { readonly module: Module; readonly id: string; readonly isNew: boolean },
): Promise<FilesDone> {
  const { client, read, settings } = context;
  const all = settings.files ? await filesOf(context, answer) : [];
  if (all.length === 0) return { attached: 0, leftOut: [] };
  const crm = client(zohoCrm);
  const names = toldApart(all.map(({ name }, index) => fileName(endOfPath(name), `file-${index + 1}`)));
  // What this run attached is what was not there before, by a name that it gives once.
  const before = isNew
    ? []
    : await read('there', async () => (await crm.attachments(module, id)).map((one) => one.id));
  const leftOut: Sentence[] = [];
  let attached = 0;
  for (const [index, file] of all.entries()) {
    const name = names[index] ?? '';
    if (index >= MOST_FILES) {
      leftOut.push(missing(name, TOO_MANY));
      continue;
    }
    const done = await context.forItem(String(index + 1)).write<Attached>('file', {
      async find() {
        const found = (await crm.attachments(module, id)).find(
          (one) => one.name === name && !before.includes(one.id),
        );
        return found === undefined ? null : { id: found.id };
      },
      async send() {
        const had = await file.bytes();
        if ('refused' in had) return had;
        const why = whyNot(had.bytes);
        if (why !== null) return { refused: why };
        const contentType = had.contentType.split(';', 1)[0]?.trim() ?? '';
        return crm.attach(module, id, {
          ...{ name, bytes: had.bytes },
          contentType: TYPE.test(contentType) ? contentType : ANY_TYPE,
        });
      },
    });
    if ('refused' in done) leftOut.push(missing(name, done.refused));
    else attached += 1;
  }
  return { attached, leftOut };
}

/** What came along, then what the answer names by an address; each file once. */
async function filesOf(
  { files, file, role, settings }: Context,
  answer: FormAnswer,
): Promise<AnsweredFile[]> {
  const came = await files();
  const named = formsOf(role('source')).file;
  const addresses = new Set(
    answer.values
      .filter(({ key, kind }) => kind === 'file' || key === settings.fileAddress)
      // Of a file that came along, the answer has the name.
      .filter(({ key }) => !came.some(({ field }) => field === key))
      .flatMap(({ value }) => (typeof value === 'object' ? value : [String(value)]))
      .flatMap((value) => value.split(/[\s,]+(?=https?:)/i))
      .map((value) => value.trim())
      .filter((value) => /^https?:\/\//i.test(value) && URL.canParse(value)),
  );
  return [
    ...came.map(({ id, name, contentType, size }) => ({
      name,
      async bytes(): Promise<FetchedFile> {
        if (size > LARGEST) return { refused: TOO_LARGE };
        const bytes = await file(id);
        return bytes === null ? { refused: NOT_KEPT } : { name, contentType, bytes };
      },
    })),
    ...[...addresses].map((address) => ({
      name: nameInAddress(address),
      bytes: (): Promise<FetchedFile> =>
        named === null ? Promise.resolve({ refused: NOT_FETCHED }) : named(address),
    })),
  ];
}

function whyNot(bytes: Uint8Array): Sentence | null {
  if (bytes.length === 0) return EMPTY;
  return bytes.length > LARGEST ? TOO_LARGE : null;
}

/** How many were attached, in words. */
export function filesSentence({ attached }: FilesDone): Sentence[] {
  if (attached === 0) return [];
  return attached === 1
    ? [{ en: 'One file was attached.', fr: 'Un fichier a été joint.' }]
    : [{ en: `${attached} files were attached.`, fr: `${attached} fichiers ont été joints.` }];
}

const missing = (name: string, why: Sentence): Sentence => ({
  en: `Not attached: “${name}”. ${why.en}`,
  fr: `Non joint\u00a0: «\u00a0${name}\u00a0». ${why.fr}`,
});
const TOO_LARGE: Sentence = {
  en: 'It is larger than 20 MB.',
  fr: 'Il dépasse 20 Mo.',
};
const TOO_MANY: Sentence = {
  en: 'Of one answer, 20 files are attached at most.',
  fr: 'D’une réponse, 20 fichiers sont joints au plus.',
};
const EMPTY: Sentence = { en: 'It is empty.', fr: 'Il est vide.' };
const NOT_KEPT: Sentence = {
  en: 'It is kept no longer: files are kept for as long as what was delivered.',
  fr: 'Il n’est plus conservé\u00a0: les fichiers le sont aussi longtemps que ce qui a été reçu.',
};
const NOT_FETCHED: Sentence = {
  en: 'This form tool gives no files.',
  fr: 'Cet outil de formulaires ne donne pas de fichiers.',
};
