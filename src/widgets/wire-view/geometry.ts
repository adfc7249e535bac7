/** The measures of a ladder, in CSS pixels. */
export interface Geometry {
  rowHeight: number;
  /** Where the lane begins and how wide it is: from the client's rail to the server's. */
  laneStart: number;
  laneWidth: number;
  /** Too narrow for text beside the lane in one line. */
  narrow: boolean;
}

/** A ladder narrower than this takes two lines a row. */
const narrowBelow = 620;

/** The measures of a ladder of this width. */
export const geometryOf = (width: number): Geometry =>
  width < narrowBelow
    ? { rowHeight: 58, laneStart: 18, laneWidth: 58, narrow: true }
    : { rowHeight: 34, laneStart: 118, laneWidth: Math.min(260, width * 0.28), narrow: false };
