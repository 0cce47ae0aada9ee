import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { api, ApiError } from './api/client';

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refuses it refuses again; what it could not be asked may go well the second time.
      retry: (failures, error) => (error instanceof ApiError ? error.status === 0 || error.status >= 500 : true) && failures < 2,
      retryDelay: failures => 600 * 2 ** failures,
    },
  },
});

export type LogQuery = Record<string, string | undefined>;

export const logQuery = (id: string) => queryOptions({
  queryKey: ['log', id],
  queryFn: ({ signal }) => api.get('/api/logs/{id}', { path: { id }, signal }),
});

export const logPageQuery = (query: LogQuery, page: number, limit = 100) => queryOptions({
  queryKey: ['logs', query, page, limit],
  queryFn: ({ signal }) => api.get('/api/logs', { query: { ...query, page, limit }, signal }),
  placeholderData: page === 1 ? keepPreviousData : undefined,
});

/** How many logs wait for a person. */
export const waitingQuery = queryOptions({
  queryKey: ['logs', 'waiting'],
  queryFn: ({ signal }) => api.get('/api/logs', { query: { pending: true, limit: 1 }, signal }),
  select: answer => answer.total,
});

/** The latest log, and how many there are. */
export const anyLogQuery = queryOptions({
  queryKey: ['logs', 'any'],
  queryFn: ({ signal }) => api.get('/api/logs', { query: { limit: 1 }, signal }),
});

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => api.get('/api/projects', { signal }),
});

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => api.get('/api/rules', { signal }),
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get('/api/settings', { signal }),
});

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get('/api/auth/setup', { signal }),
});
