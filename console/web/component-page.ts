import type { ComponentPage, ComponentStatus } from '../controls.ts';
import { call } from './api.ts';
import { useLoaded } from './use-loaded.ts';

/** Whether a component has a web page. `unknown`: the component has not answered yet, or does not run. */
export type PageState = 'opens' | 'no-page' | 'unknown';

export function pageState(page: Pick<ComponentPage, 'opens'> | undefined): PageState {
  if (page?.opens === undefined || page.opens === null) return 'unknown';
  return page.opens ? 'opens' : 'no-page';
}

export function useComponentPage({
  name,
  pid,
  state,
}: Pick<ComponentStatus, 'name' | 'pid' | 'state'>): PageState {
  const { result } = useLoaded(`page of ${name} ${pid} ${state}`, (signal) =>
    call<ComponentPage>(`/api/components/${encodeURIComponent(name)}/page`, { signal }),
  );
  return pageState(result);
}
