import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/client.ts';
import { App } from './settings/app.tsx';
import { SessionProvider } from './sign-in/session-provider.tsx';

const REFUSED_FROM = 400;
const REFUSED_BELOW = 500;

const queries = new QueryClient({
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

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <App />
        </SessionProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
