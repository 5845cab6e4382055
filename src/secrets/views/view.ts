/** UTF-16 offsets; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A text as it reads once one way of writing is undone. */
export interface View {
  readonly text: string
  /**
   * Where `text[start, end)` of the view stands in the text it was made from: sorted, disjoint spans that hold all of
   * it. Empty where what was undone has no part in it, so that the text itself shows it just as well.
   */
  trace(start: number, end: number): readonly Span[]
}

/**
 * Stands between the pieces of a view that do not follow each other in the text: no blank, no part of a token, a
 * value or a key block.
 */
export const GAP = "\n\u0001\n"
