/** Positions and sizes in the units of the picture, which are CSS pixels at its natural size. */
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

/** A cluster or a namespace. */
export interface Box extends Rectangle {
  readonly kind: 'cluster' | 'namespace';
  readonly title: string;
}

/** A connection as a line of horizontal and vertical pieces. */
export interface Route {
  readonly id: string;
  /** From the source of the data to its target. */
  readonly points: readonly Point[];
  /** Where the arrow is: at the component that accepts the connection. */
  readonly arrowAt: 'first' | 'last';
  /** Where the rate is written: its text begins, ends or is centred there. */
  readonly label: Point & {
    readonly anchor: 'start' | 'middle' | 'end';
    /** Whether the text has two lines, above and below the connection. */
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
/** Height of the title of a box. */
export const titleHeight = 18;
/** Space between two groups that are in different clusters. */
export const clusterGap = 34;
/** Space between two namespaces of a cluster. */
export const namespaceGap = 18;
/** Distance between two parallel lines. */
export const laneGap = 10;
/** Height of the rate of a connection. */
export const labelHeight = 15;
