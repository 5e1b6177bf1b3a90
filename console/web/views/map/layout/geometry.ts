/** Units of the picture. At its natural size, a unit is a CSS pixel. */
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

/** The box of a cluster or a namespace. */
export interface Box extends Rectangle {
  readonly kind: 'cluster' | 'namespace';
  readonly title: string;
}

/** The line of a connection: horizontal and vertical pieces. */
export interface Route {
  readonly id: string;
  /** Start, corners and end of the line, from the source of the data to its target. */
  readonly points: readonly Point[];
  /** The arrow is at the component that accepts the connection. */
  readonly arrowAt: 'first' | 'last';
  /** Place of the text with the rate. The text starts, ends or is centred here. */
  readonly label: Point & {
    readonly anchor: 'start' | 'middle' | 'end';
    /** Whether the text has one line above the connection, and one below. */
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
/** Space between two columns of a namespace. */
export const columnGap = 28;
/** Space between the border of a box and its content. */
export const boxPadding = 16;
export const titleHeight = 18;
/** Space between groups of different clusters. */
export const clusterGap = 34;
/** Space between namespaces of one cluster. */
export const namespaceGap = 18;
/** Distance between parallel lines. */
export const laneGap = 10;
/** Height of the text of a rate. */
export const labelHeight = 15;
