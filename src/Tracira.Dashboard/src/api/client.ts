import { t } from '../text';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type LogItem = Schemas['LogItem'];
export type LogDetail = Schemas['LogDetail'];
export type AppliedRule = Schemas['AppliedRuleItem'];
export type Rule = Schemas['RuleItem'];
export type RuleBody = Schemas['RuleBody'];
export type Me = Schemas['MeAnswer'];
export type Settings = Schemas['SettingsAnswer'];
export type Project = Schemas['ProjectItem'];

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';
type PathsOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths];
type Body<R> = R extends { content: { 'application/json': infer B } } ? B : never;
type Answer<P extends keyof paths, M extends Method> = paths[P] extends Record<M, { responses: infer R }>
  ? { [S in keyof R]: S extends 200 | 201 | 202 ? Body<R[S]> : never }[keyof R]
  : never;
type Query = Record<string, string | number | boolean | undefined>;

interface Options {
  path?: Record<string, string>;
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** Goes on when the page is left. */
  keepalive?: boolean;
}

/** What the server answered instead of what was asked for. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    readonly fields: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** Path and query as one address; absent values are left out. */
export function address(path: string, query: Query = {}, places: Record<string, string> = {}): string {
  const whole = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '')
      search.set(name, String(value));
  }
  return search.size > 0 ? `${whole}?${search}` : whole;
}

async function call<P extends keyof paths, M extends Method>(method: M, path: P, options: Options = {}): Promise<Answer<P, M>> {
  const { body, signal, keepalive } = options;
  let response: Response;
  try {
    response = await fetch(address(path, options.query, options.path), {
      method: method.toUpperCase(),
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      keepalive,
    });
  } catch (error) {
    if (signal?.aborted)
      throw error;
    throw new ApiError(t.failure.unreachable, 0, 'unreachable');
  }
  const json: unknown = response.headers.get('Content-Type')?.includes('json') ? await response.json() : undefined;
  if (response.ok)
    return json as Answer<P, M>;
  const fault = (json ?? {}) as Partial<Schemas['ApiError']>;
  if (response.status === 401 && path !== '/api/auth/sign-in')
    window.dispatchEvent(new Event('tracira:signed-out'));
  throw new ApiError(
    fault.error ?? t.failure.status(response.status),
    response.status,
    fault.code ?? 'unknown',
    (fault.fields ?? {}) as Record<string, string>,
  );
}

export const api = {
  get: <P extends PathsOf<'get'>>(path: P, options?: Options) => call('get', path, options),
  post: <P extends PathsOf<'post'>>(path: P, options?: Options) => call('post', path, options),
  patch: <P extends PathsOf<'patch'>>(path: P, options?: Options) => call('patch', path, options),
  put: <P extends PathsOf<'put'>>(path: P, options?: Options) => call('put', path, options),
  delete: <P extends PathsOf<'delete'>>(path: P, options?: Options) => call('delete', path, options),
};
