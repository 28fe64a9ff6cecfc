import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type FetchedFile, NO_ADDRESS, nameInAddress } from '../../core/forms/fetched-file.ts';
import type { Sentence } from '../../core/sentence.ts';
import { HOSTS, isUploadPath } from './hosts.ts';

/** Files of the account need its token; whatever is elsewhere is fetched without. */
export async function uploadedFile(http: ConnectorHttp, address: string): Promise<FetchedFile> {
  if (!URL.canParse(address)) return { refused: NO_ADDRESS };
  const url = new URL(address);
  if (!HOSTS.some((host) => host === url.hostname)) return http.download(address);
  if (!isUploadPath(url.pathname) || url.search !== '') return { refused: NO_ADDRESS };
  try {
    const response = await http.fetch(url);
    const contentType = response.headers.get('content-type') ?? '';
    return { name: nameInAddress(address), contentType, bytes: await response.bytes() };
  } catch (thrown) {
    if (thrown instanceof LiaisonError && (thrown.kind === 'gone' || thrown.kind === 'rejected'))
      return { refused: GONE };
    throw thrown;
  }
}

const GONE: Sentence = {
  en: 'Typeform has it no longer, or does not give it.',
  fr: 'Typeform ne l’a plus, ou ne le donne pas.',
};
