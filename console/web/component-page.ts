import type { ComponentPage, ComponentStatus } from '../controls.ts';
import { call } from './api.ts';
import { useLoaded } from './use-loaded.ts';

/**
 * Whether a browser can open the URL of a component. `no-page`: the program has no page. `unknown`: the console does
 * not know yet, or the component does not run.
 */
export type PageState = 'opens' | 'no-page' | 'unknown';

export function pageState(page: Pick<ComponentPage, 'opens'> | undefined): PageState {
  if (page?.opens === undefined || page.opens === null) return 'unknown';
  return page.opens ? 'opens' : 'no-page';
}

/**
 * Reads whether a browser can open the web page of a component of the pipeline, such as Prometheus. Reads this state
 * again after each restart of the component.
 */
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
