import { CaptureScope } from "../intercept/scope.ts"

// Instances of several projects and several copies of this package may live in one process; `/intercept on all` means all
// of them. The shape behind the key is a contract between versions: another shape is another key.
const STATE_KEY = Symbol.for("opencode-airlock.capture-scope.v1")

interface ProcessState {
  readonly scope: CaptureScope
  users: number
}

/** The scope of the process, as one plugin instance holds it. */
export interface SharedCaptureScope {
  readonly scope: CaptureScope
  /** Takes back this instance's claim; with the last one everything is off, as at every start. */
  release(): void
}

export function sharedCaptureScope(): SharedCaptureScope {
  const existing: ProcessState | undefined = Reflect.get(globalThis, STATE_KEY)
  const state: ProcessState = existing ?? { scope: new CaptureScope(), users: 0 }
  if (existing === undefined) Reflect.set(globalThis, STATE_KEY, state)
  state.users += 1
  let held = true
  return {
    scope: state.scope,
    release: () => {
      if (!held) return
      held = false
      state.users -= 1
      if (state.users === 0) state.scope.disableAll()
    },
  }
}
