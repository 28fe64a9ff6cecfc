/** A file as a form carries it. */
export interface FormFile {
  /** Without a quotation mark or a line break in it. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const BOUNDARY = 'liaison-file';

/** One file as a body of `multipart/form-data` (RFC 7578); what tells its end does not stand in it. */
export function fileForm(
  field: string,
  { name, contentType, bytes }: FormFile,
): { readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> } {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let boundary = BOUNDARY;
  while (content.includes(boundary)) boundary += '-';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${contentType}\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
