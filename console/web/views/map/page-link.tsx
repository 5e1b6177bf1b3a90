import type { ComponentStatus } from '../../../controls.ts';
import { useComponentPage } from '../../component-page.ts';
import { exploreUrl } from '../../router.ts';

/** The URL of a component. The text is a link only if a browser can open the URL. */
export function PageLink({
  status,
  job,
}: {
  readonly status: ComponentStatus;
  readonly job: string | undefined;
}) {
  const { url } = status;
  const page = useComponentPage(status);
  if (url === undefined) return null;
  if (page === 'opens') {
    return (
      <p class="map-page">
        <a href={url} target="_blank" rel="noreferrer">
          {url}
        </a>
      </p>
    );
  }
  if (page === 'no-page') {
    const expr = job === undefined ? 'up' : `up{job=${JSON.stringify(job)}}`;
    return (
      <p class="map-page quiet">
        {url} answers without a page for a browser; use <a href={exploreUrl(expr)}>Explore</a>.
      </p>
    );
  }
  return <p class="map-page quiet">{url}</p>;
}
