import type { ComponentPage, ComponentStatus } from '../../../controls.ts';
import { call } from '../../api.ts';
import { exploreUrl } from '../../router.ts';
import { useLoaded } from '../../use-loaded.ts';

/** The URL of a component. It is a link only if a browser can open the URL. */
export function PageLink({
  status,
  job,
}: {
  readonly status: ComponentStatus;
  readonly job: string | undefined;
}) {
  const { name, pid, state, url } = status;
  const { result } = useLoaded(`page of ${name} ${pid} ${state}`, (signal) =>
    call<ComponentPage>(`/api/components/${encodeURIComponent(name)}/page`, { signal }),
  );
  if (url === undefined) return null;
  if (result?.opens) {
    return (
      <p class="map-page">
        <a href={url} target="_blank" rel="noreferrer">
          {url}
        </a>
      </p>
    );
  }
  if (result?.opens === false) {
    const expr = job === undefined ? 'up' : `up{job=${JSON.stringify(job)}}`;
    return (
      <p class="map-page quiet">
        {url} answers without a page for a browser; use <a href={exploreUrl(expr)}>Explore</a>.
      </p>
    );
  }
  return <p class="map-page quiet">{url}</p>;
}
