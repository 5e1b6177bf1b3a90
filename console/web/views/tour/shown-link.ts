import type { ComponentLink } from '../../../tour/step.ts';
import type { PageState } from '../../component-page.ts';

export interface ShownLink {
  readonly text: string;
  readonly href?: string;
}

/**
 * Undefined if the component has no URL.
 * @param url URL of the component
 */
export function shownLink(
  { text, page }: ComponentLink,
  url: string | undefined,
  state: PageState,
): ShownLink | undefined {
  if (url === undefined) return undefined;
  if (state === 'no-page') return { text: `${text}: the component has no web page` };
  if (state === 'unknown') return { text };
  return { text, href: page === undefined ? url : new URL(page, url).href };
}
