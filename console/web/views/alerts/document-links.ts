/** The console page of a file in the repository. Undefined if no page shows the file. */
function pageOf(path: string): string | undefined {
  const runbook = /^docs\/runbooks\/([A-Za-z]+\.md)$/.exec(path)?.[1];
  if (runbook !== undefined) return `/runbooks/${runbook}`;
  const dashboard = /^dashboards\/(.+)-dashboard\.json$/.exec(path)?.[1];
  if (dashboard !== undefined) return `/d/${dashboard}`;
  return /^docs\/.+\.md$/.test(path) ? `/${path}` : undefined;
}

/** URL of a link in the repository file `from`. Undefined if the console does not show the target. */
export function linkFrom(from: string, href: string): string | undefined {
  if (/^https?:\/\//.test(href) || href.startsWith('#')) return href;
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//')) return undefined;
  const base = 'http://repository/';
  if (!URL.canParse(href, `${base}${from}`)) return undefined;
  const { pathname, hash } = new URL(href, `${base}${from}`);
  const page = pageOf(pathname.slice(1));
  return page === undefined ? undefined : `${page}${hash}`;
}
