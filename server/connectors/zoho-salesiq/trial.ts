import type { TrialDeclaration } from '../../core/held-write.ts';

/** The lines are named as the settings name them. */
const lineOf = (path: string) => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return { en: name, fr: name };
};

/** What SalesIQ would answer to what operators are told. */
export const trial: TrialDeclaration = {
  writes: [
    {
      call: /^PUT \/api\/v1\/[^/]+\/visitorsbyemail\/[^/]+$/,
      inQuery: 'customerinfo',
      named: lineOf,
      answer: ({ url }) => ({ body: { data: decodeURIComponent(url.pathname.split('/').at(-1) ?? '') } }),
    },
    {
      call: /^PUT \/api\/v2\/[^/]+\/conversations\/[^/]+$/,
      named: lineOf,
      answer: () => ({ body: { data: {} } }),
    },
  ],
};
