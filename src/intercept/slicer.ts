const SLICE_MS = 6

/** Gives the event loop back when more than 6 ms passed since it last did; to be awaited between two steps. */
export type Breathe = () => Promise<void>

/** A `Breathe` whose first slice starts now. */
export function slicer(): Breathe {
  let sliceStart = performance.now()
  return async () => {
    if (performance.now() - sliceStart < SLICE_MS) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    sliceStart = performance.now()
  }
}
