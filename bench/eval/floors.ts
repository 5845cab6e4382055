import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Evaluation } from "./evaluate.ts"

/** What a figure must keep; figures are named as in `figuresOf`. */
type Floors = Readonly<Record<string, { readonly atLeast?: number; readonly atMost?: number }>>

/** A figure with a floor, and whether it keeps it. */
export interface Verdict {
  readonly figure: string
  /** Undefined where the corpus has nothing to measure it by, which counts as missed. */
  readonly value: number | undefined
  readonly must: string
  readonly keeps: boolean
}

/** The one place of the floors (design, section 9). */
export function readFloors(): Floors {
  return JSON.parse(readFileSync(join(import.meta.dirname, "floors.json"), "utf8")) as Floors
}

function figuresOf(evaluation: Evaluation): ReadonlyMap<string, number> {
  const { recall, falseMasks, adversarial, knownValues, masksPerMegabyte } = evaluation
  return new Map([
    ...recall.tiers.map(({ group, full }) => [`recall ${group}`, full] as const),
    ...falseMasks.map(({ group, percent }) => [`false masks ${group}`, percent] as const),
    ...adversarial.map(({ group, percent }) => [`adversarial ${group}`, percent] as const),
    ...knownValues.map(({ group, percent }) => [`known values ${group}`, percent] as const),
    ["masks per MB", masksPerMegabyte] as const,
  ])
}

/** Holds an evaluation against the floors. */
export function verdicts(evaluation: Evaluation, floors: Floors): Verdict[] {
  const figures = figuresOf(evaluation)
  return Object.entries(floors).map(([figure, { atLeast, atMost }]) => {
    const value = figures.get(figure)
    const keeps = value !== undefined && value >= (atLeast ?? value) && value <= (atMost ?? value)
    return { figure, value, must: atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`, keeps }
  })
}
