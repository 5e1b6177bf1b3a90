export type Ecosystem = 'npm' | 'Go';

/** A published vulnerability of one package. */
export interface Advisory {
  /** Id such as `GHSA-…`, `CVE-…` or `GO-…`. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** Affected versions as ranges of npm, such as `>=1.0.0 <1.2.3`. */
  readonly ranges: readonly string[];
  /** Single affected versions, in addition to the ranges. */
  readonly versions: readonly string[];
  /** In lower case, such as `high`; `unknown` if the advisory has no severity. */
  readonly severity: string;
  readonly title: string;
  readonly url: string;
}

/** A package or Go module that the audit checks. */
export interface Audited {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Version without `v`. */
  readonly version: string;
  /** The use of the package, such as `production`, `development` or `compiled into prometheus`. */
  readonly use: string;
}

export interface Finding {
  readonly advisory: Pick<Advisory, 'id' | 'aliases' | 'severity' | 'title' | 'url' | 'ranges'>;
  readonly package: string;
  readonly versions: readonly string[];
  readonly uses: readonly string[];
}
