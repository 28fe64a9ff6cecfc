import { timingSafeEqual } from 'node:crypto';
import { digestOf } from '../connect/digest.ts';
import type { RegisteredApplication } from './applications.ts';

/**
 * The application that a request proves to be, by `Authorization: Basic` or in its body, never by both.
 * RFC 6749, 2.3.1.
 *
 * @param body the form that came, each name once.
 */
export function clientOf(
  authorization: string | undefined,
  body: URLSearchParams,
  applications: ReadonlyMap<string, RegisteredApplication>,
): RegisteredApplication | null {
  const basic = authorization === undefined ? null : readBasic(authorization);
  if (authorization !== undefined && basic === null) return null;
  const inBody = body.get('client_secret');
  if (basic !== null && inBody !== null) return null;
  const id = basic?.id ?? body.get('client_id') ?? '';
  const secret = basic?.secret ?? inBody ?? '';
  if (basic !== null && (body.get('client_id') ?? id) !== id) return null;
  const application = applications.get(id);
  // Compared whether there is such an application or not, and in a time that tells nothing of the secret.
  const isRight = timingSafeEqual(digestOf(secret), digestOf(application?.client.secret ?? ''));
  return application !== undefined && secret !== '' && isRight ? application : null;
}

function readBasic(header: string): { readonly id: string; readonly secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  try {
    return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
  } catch {
    return null;
  }
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
