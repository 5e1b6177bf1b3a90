// One class of prom-client each; the package's own types describe its index alone.
declare module 'prom-client/lib/*.js' {
  const part: unknown;
  export = part;
}
