/** A scrape of one program on this machine, labelled as in a cluster. */
export function staticScrape(job: string, port: number, labels: Readonly<Record<string, string>>) {
  return { job_name: job, static_configs: [{ targets: [`127.0.0.1:${port}`], labels }] };
}
