const count = 8;

/** The colour of a series by its position, from the page's theme. */
export function seriesColor(index: number): string {
  return cssColor(`--series-${(index % count) + 1}`);
}

/** The value of a colour of the theme, such as `--line`. A canvas cannot use the variable itself. */
export function cssColor(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}
