import type { SyncSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';

/** Says which connections a sync lacks, and leads there. */
export function MissingConnections({ sync }: { sync: SyncSummary }) {
  const { texts, say } = useSpeech();
  const missing = [sync.left, sync.right].filter(({ connector }) => !connector?.connected);
  if (missing.length === 0) return null;
  const names = [...new Set(missing.map(({ connector, titles }) => say(connector?.titles ?? titles)))];
  return (
    <p className={sync.phase === 'new' ? 'quiet' : 'wrong'}>
      {texts.syncs.overview.missing(names.join(', '))}{' '}
      <a href={hrefOf('connections')}>{texts.syncs.overview.connect}</a>
    </p>
  );
}
