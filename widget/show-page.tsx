import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from './api/queries.ts';

/** Puts a page in the place of “Loading…”, with what the server answers it kept for as long as it is open. */
export function showPage(page: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueries()}>{page}</QueryClientProvider>
    </StrictMode>,
  );
}
