type Fields = Readonly<Record<string, unknown>>;

/**
 * Gives an event the path that the app expects. The path in the event depends on how the function is published:
 *
 * | publication | path in the event |
 * |---|---|
 * | function URL, load balancer, HTTP API with stage `$default` | the app's own |
 * | HTTP API with a named stage, also below a custom domain | `rawPath` begins with the stage; a mapping's key is not
 * in it | | REST API below `execute-api` | `path` is the app's own; only `requestContext.path` begins with the stage
 * | | REST API below a custom domain | `path` begins with the base path, and with the stage where the mapping names
 * none |
 *
 * HTTP APIs decode the path, the others leave it encoded.
 */
export function appPath<E extends Fields>(event: E): E {
  if (typeof event.rawPath === 'string') {
    const { stage } = event.requestContext as Fields;
    return { ...event, rawPath: encoded(withoutStage(event.rawPath, stage)) };
  }
  return { ...event, path: encoded(ownPath(event)) };
}

function withoutStage(path: string, stage: unknown): string {
  if (typeof stage !== 'string' || stage === '$default') return path;
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}

/** The end of a `path` that matches the resource; the resource determines where the API's own path begins. */
function ownPath(event: Fields): string {
  const path = String(event.path);
  const wanted = filled(event.resource, event.pathParameters);
  // The route $default of an HTTP API matches any path; in format 1.0 the path begins with the stage.
  if (wanted === undefined) {
    return event.version === '1.0' ? withoutStage(path, (event.requestContext as Fields).stage) : path;
  }
  for (let at = 0; at !== -1; at = path.indexOf('/', at + 1)) {
    const rest = path.slice(at);
    if (sameText(rest, wanted)) return rest;
  }
  // The root of an API below a base path: `/base`.
  return wanted === '/' ? '/' : path;
}

/** A resource such as `/batches/{job}` or `/{proxy+}` with the values of the path; undefined if a value is missing. */
function filled(resource: unknown, parameters: unknown): string | undefined {
  if (typeof resource !== 'string' || !resource.startsWith('/')) return undefined;
  const values = (parameters ?? {}) as Fields;
  let missing = false;
  const text = resource.replace(/\{([^}+]+)\+?\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string') missing = true;
    return String(value);
  });
  return missing ? undefined : text;
}

/** Some parameters are decoded although the path is encoded, and may lack the path's final slash. */
function sameText(path: string, parameters: string): boolean {
  const [given, wanted] = [path, parameters].map((text) => text.replace(/(?<=.)\/$/, '')) as [string, string];
  return given === wanted || decoded(given) === wanted || decoded(given) === decoded(wanted);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Encodes only the characters that an encoded path cannot contain: a decoded `?` or `#` would end the path. */
function encoded(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w\-.~!$&'()*+,;=:@/%]/gu, encodeURIComponent);
}
