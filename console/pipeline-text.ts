const commandsWithOffset =
  /\bnpm start\b(?! --)|\bnpm start --(?! --port-offset)|\bnpm run demo --(?! --port-offset)|\bnpm run (?:verify|cardinality) -- laptop\b(?! --port-offset)/g;

export function textFor(text: string, portOffset: number): string {
  if (portOffset === 0) return text;
  const located = text
    .replace(/\b127\.0\.0\.1:(\d+)/g, (_, port: string) => `127.0.0.1:${Number(port) + portOffset}`)
    .replaceAll('.demo/offset-0/', `.demo/offset-${portOffset}/`);
  return withOffset(located, portOffset);
}

/** Adds `--port-offset` to commands such as `npm start`. Does not change ports or folders. */
export function withOffset(text: string, portOffset: number): string {
  if (portOffset === 0) return text;
  return text.replace(commandsWithOffset, (command) => {
    const separator = command === 'npm start' ? ' --' : '';
    return `${command}${separator} --port-offset ${portOffset}`;
  });
}
