import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ApiError, type Me } from './api/client';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get('/api/me', { signal }),
  staleTime: 5 * 60_000,
  retry: (failures: number, error: Error) => !(error instanceof ApiError && error.status === 401) && failures < 2,
});

/** Who has signed in. For pages inside the shell, which is not shown without. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data)
    throw new Error('There is no session.');
  return data;
}

export const mayReview = (me: Me) => me.role !== 'viewer';
export const mayManage = (me: Me) => me.role === 'admin';
