import { createHash } from 'node:crypto';
import type { Member } from './shapes.ts';

/**
 * The mark of one state of a member. The time of the last change is of a second: what changed twice within
 * one is told by the contents.
 */
export function versionOf({ lastChanged, email, status, mergeFields, tags }: Member): string {
  const contents = JSON.stringify([email, status, mergeFields, tags.toSorted()]);
  return `${lastChanged} ${createHash('sha1').update(contents).digest('base64url').slice(0, 8)}`;
}
