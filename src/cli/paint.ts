/** Colours for a terminal; each function answers its text unchanged where colour is off. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
}

/** @param coloured whether to colour at all; see `wantsColour`. */
export function createPaint(coloured: boolean): Paint {
  const paint =
    (open: number, close: number) =>
    (text: string): string =>
      coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
  }
}

/** Colour only on a terminal, and never where NO_COLOR is set to anything (no-color.org). */
export function wantsColour(isTerminal: boolean | undefined, noColor: string | undefined): boolean {
  return isTerminal === true && (noColor === undefined || noColor === "")
}
