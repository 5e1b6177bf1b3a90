import type { Exposition, ExpositionFormat } from '../../metrics/registry.ts';

export interface Exposed {
  exposition(format?: ExpositionFormat): Exposition | Promise<Exposition>;
}

interface Rendering {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  gzip?: Promise<Uint8Array<ArrayBuffer>>;
}

/** A restarted process must not send an old ETag, although `count` starts at 0 again. */
const instance = Math.random().toString(36).slice(2);
let count = 0;

const renderings = new WeakMap<Exposition, Rendering>();

export async function expositionResponse(source: Exposed, request: Request): Promise<Response> {
  const { headers } = request;
  const pending = source.exposition(wantsOpenMetrics(headers.get('accept')) ? 'openmetrics' : 'prometheus');
  const exposition = pending instanceof Promise ? await pending : pending;
  const rendering = renderingOf(exposition);

  const known = headers.get('if-none-match');
  if (known !== null && matches(known, rendering.headers.etag as string)) {
    const { etag, vary } = rendering.headers as { etag: string; vary: string };
    return new Response(null, { status: 304, headers: { etag, vary } });
  }
  if (takesGzip(headers.get('accept-encoding'))) {
    rendering.gzip ??= gzip(rendering.body);
    return new Response(await rendering.gzip, {
      headers: { ...rendering.headers, 'content-encoding': 'gzip' },
    });
  }
  return new Response(rendering.body, { headers: rendering.headers });
}

export function wantsOpenMetrics(accept: string | null): boolean {
  if (!accept?.includes('openmetrics')) return false;
  const weight = (type: string) => {
    const entry = accept.split(',').find((part) => part.trim().toLowerCase().startsWith(type));
    return entry ? quality(entry) : 0;
  };
  const openMetrics = weight('application/openmetrics-text');
  return openMetrics > 0 && openMetrics >= weight('text/plain');
}

export function takesGzip(acceptEncoding: string | null): boolean {
  if (!acceptEncoding) return false;
  const codings = acceptEncoding.toLowerCase().split(',');
  const entry =
    codings.find((part) => part.trim().split(';')[0] === 'gzip') ??
    codings.find((part) => part.trim().split(';')[0] === '*');
  return entry !== undefined && quality(entry) > 0;
}

function quality(entry: string): number {
  const weight = /;\s*q=([\d.]+)/.exec(entry);
  return weight ? Number(weight[1]) : 1;
}

function matches(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch
    .split(',')
    .some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === etag.slice(2));
}

function renderingOf(exposition: Exposition): Rendering {
  let rendering = renderings.get(exposition);
  if (!rendering) {
    count += 1;
    rendering = {
      headers: {
        'content-type': exposition.contentType,
        etag: `W/"${instance}-${count.toString(36)}"`,
        vary: 'accept, accept-encoding',
      },
      body: exposition.text,
    };
    renderings.set(exposition, rendering);
  }
  return rendering;
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const [{ promisify }, zlib] = await Promise.all([import('node:util'), import('node:zlib')]);
  return promisify(zlib.gzip)(text);
}
