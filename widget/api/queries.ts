import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

const REFUSED_FROM = 400;
const REFUSED_BELOW = 500;

/** How every page asks: what is refused is not asked again, what is silent is. */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays one however often it is asked; silence may pass.
        retry: (failures, error) => {
          const status = error instanceof ApiError ? error.problem?.status : undefined;
          return failures < 2 && !(status !== undefined && status >= REFUSED_FROM && status < REFUSED_BELOW);
        },
        retryDelay: (attempt) => 400 * 2 ** attempt,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
