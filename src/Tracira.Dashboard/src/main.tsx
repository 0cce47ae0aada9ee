import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { client } from './queries';
import { preloadPage, preloadPages, router } from './router';
import { applyTheme } from './ui/theme';

applyTheme();
preloadPage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

window.addEventListener('load', () => setTimeout(preloadPages, 3_000)); // behind the first page
