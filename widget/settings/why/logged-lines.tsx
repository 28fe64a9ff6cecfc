import { useQueryClient } from '@tanstack/react-query';
import type { Why } from '../../../server/api/contract.ts';
import WhyLines from '../../why/why-lines.tsx';
import { WHY_KEY } from '../../why/why-queries.ts';
import { hrefOf } from '../address.ts';
import { RUN_KEYS } from '../log/run-queries.ts';

/** Reasons whose runs the log of this page shows. */
export function LoggedLines({ why }: { why: Why }) {
  const queries = useQueryClient();
  return (
    <WhyLines
      why={why}
      hrefOfRun={(run) => hrefOf('log', { run })}
      onReplayed={() => {
        void queries.invalidateQueries({ queryKey: WHY_KEY });
        void queries.invalidateQueries({ queryKey: RUN_KEYS.all });
      }}
    />
  );
}
