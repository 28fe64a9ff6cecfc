import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { Me } from '../../server/api/contract.ts';
import { call } from '../api/client.ts';
import { Speaking, startingLanguage } from '../language/language.tsx';
import { Loading } from '../pieces/loading.tsx';
import { ProblemNotice } from '../pieces/problem-notice.tsx';

const MeContext = createContext<Me | null>(null);

interface SignedInProps {
  /** The language of the page around, BCP 47; without one the user's own, or the browser's where nobody is signed in. */
  readonly locale?: string;
  readonly children: ReactNode;
}

/** Asks who is here, then shows the pages in their language and time zone. */
export function SignedIn({ locale, children }: SignedInProps) {
  const {
    data: me,
    error,
    refetch,
  } = useQuery({
    queryKey: ['me'],
    queryFn: () => call('me'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (me) {
    return (
      <Speaking
        key={me.organisation.id}
        locale={locale ?? (me.user === null ? navigator.language : me.locale)}
        timeZone={me.organisation.timeZone}
      >
        <MeContext value={me}>{children}</MeContext>
      </Speaking>
    );
  }
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Speaking locale={locale ?? startingLanguage(navigator.language, null)} timeZone={own}>
      <main className="lonely">
        {error ? <ProblemNotice error={error} retry={() => void refetch()} /> : <Loading />}
      </main>
    </Speaking>
  );
}

export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('useMe outside of SignedIn');
  return me;
}

export const useIsAdmin = (): boolean => useMe().role === 'admin';
