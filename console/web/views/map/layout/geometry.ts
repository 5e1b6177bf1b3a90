/** Position on the map, in SVG units. Without scaling, an SVG unit is a CSS pixel. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Rectangle {
  readonly name: string;
}

export interface Box extends Rectangle {
  readonly kind: 'cluster' | 'namespace';
  readonly title: string;
}

/** The line of a connection. All its pieces are horizontal or vertical. */
export interface Route {
  readonly id: string;
  /** The first point is at the source of the data, the last point is at the target of the data. */
  readonly points: readonly Point[];
  /** The point with the arrow. The component at this point accepts the connection. */
  readonly arrowAt: 'first' | 'last';
  readonly label: Point & {
    readonly anchor: 'start' | 'middle' | 'end';
    /** If true, the first word of the label is above the line, and the rest of the label is below the line. */
    readonly isSplit: boolean;
  };
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly boxes: readonly Box[];
  readonly routes: readonly Route[];
}

export const nodeSize = { width: 168, height: 58 } as const;
export const columnGap = 28;
export const boxPadding = 16;
export const titleHeight = 18;
export const clusterGap = 34;
export const namespaceGap = 18;
/** Distance between parallel lines. */
export const laneGap = 10;
export const labelHeight = 15;
