import type { ComponentType } from 'preact';

export interface ViewProps {
  /** The part of the URL path after the prefix of the view, such as `<uid>` in `/d/<uid>`. */
  readonly rest: string;
}

export interface View {
  readonly name: string;
  readonly path: string;
  /** Prefixes of additional paths of the view, such as `/d/`. */
  readonly below?: string | readonly string[];
  readonly load: () => Promise<{ readonly View: ComponentType<ViewProps> }>;
}

export const views: readonly View[] = [
  { name: 'Map', path: '/map', load: () => import('./views/map/view.tsx') },
  { name: 'Tour', path: '/tour', load: () => import('./views/tour/view.tsx') },
  {
    name: 'Dashboards',
    path: '/dashboards',
    below: '/d/',
    load: () => import('./views/dashboards/view.tsx'),
  },
  { name: 'Explore', path: '/explore', load: () => import('./views/explore/view.tsx') },
  {
    name: 'Alerts',
    path: '/alerts',
    below: ['/runbooks/', '/docs/'],
    load: () => import('./views/alerts/view.tsx'),
  },
  { name: 'Faults', path: '/faults', load: () => import('./views/faults/view.tsx') },
];

/** Views without a link in the navigation. */
const otherViews: readonly View[] = [
  { name: 'Speaker notes', path: '/notes', load: () => import('./views/notes/view.tsx') },
];

export function viewOf(path: string): { readonly view: View; readonly rest: string } | undefined {
  for (const view of [...views, ...otherViews]) {
    if (path === view.path) return { view, rest: '' };
    const below = [view.below ?? []].flat().find((start) => path.startsWith(start));
    if (below !== undefined) return { view, rest: path.slice(below.length) };
  }
  return undefined;
}
