import { signal } from '@preact/signals';

/** A signal with the current URL of the page. The back button of the browser also changes the signal. */
export const address = signal(new URL(location.href));

/** @param path such as `/explore?expr=up` */
export function navigate(path: string, { replace = false } = {}): void {
  const url = new URL(path, location.href);
  if (url.href === location.href) {
    // A new value of `address` makes the page scroll to the heading again.
    if (url.hash !== '') address.value = url;
    return;
  }
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  address.value = url;
}

/** Changes parameters of the URL. An empty value removes the parameter. */
export function setQuery(
  parameters: Readonly<Record<string, string>>,
  options?: { replace?: boolean },
): void {
  const url = new URL(address.value);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  navigate(url.href, options);
}

export const exploreUrl = (expr: string) => `/explore?expr=${encodeURIComponent(expr)}`;

/** Opens links to views of the console without a reload of the page. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    address.value = new URL(location.href);
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
    event.preventDefault();
    navigate(url.href);
    if (url.hash === '') scrollTo(0, 0);
  });
}
