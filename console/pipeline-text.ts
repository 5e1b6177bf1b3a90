/** Commands of this project that need the port offset to find a laptop pipeline. */
const commandsWithOffset =
  /\bnpm start\b(?! --)|\bnpm run demo --(?! --port-offset)|\bnpm run (?:verify|cardinality) -- laptop\b(?! --port-offset)/g;

/**
 * Changes a text for a laptop pipeline with a port offset. The documents contain the ports, the folder and the commands
 * of a pipeline without an offset. Without this change, a copied command or a link reaches another pipeline or nothing.
 * @param text Markdown or a shell command
 * @param portOffset number that is added to all ports of the pipeline; 0 changes nothing
 */
export function textFor(text: string, portOffset: number): string {
  if (portOffset === 0) return text;
  return text
    .replace(/\b127\.0\.0\.1:(\d+)/g, (_, port: string) => `127.0.0.1:${Number(port) + portOffset}`)
    .replaceAll('.demo/offset-0/', `.demo/offset-${portOffset}/`)
    .replace(commandsWithOffset, (command) => {
      const separator = command === 'npm start' ? ' --' : '';
      return `${command}${separator} --port-offset ${portOffset}`;
    });
}
