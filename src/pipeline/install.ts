import { randomUUID } from "node:crypto"
import { methodOf } from "./request-reader.ts"
import { type HostFetch, Traffic } from "./traffic.ts"

// Several copies of this package may be loaded in one process (npm name, checkout, standalone bundles). They share
// one wrapper through this key; its shape is a contract between versions, so a change of shape is a new key.
const STATE_KEY = Symbol.for("opencode-airlock.traffic.v1")
const PROBE_HEADER = "x-airlock-probe"

interface ProcessState {
  readonly traffic: Traffic
  readonly probe: string
  /** What stood on `globalThis.fetch` before the wrapper. */
  host: typeof fetch
  wrapper: typeof fetch
  users: number
}

/** The process-wide wrapper, as one plugin instance holds it. */
export interface Installed {
  readonly traffic: Traffic
  /**
   * Makes sure that a `fetch` of this moment passes the wrapper; puts it back where another plugin replaced
   * `globalThis.fetch` without calling what stood there.
   *
   * @returns `true` when it was in place, `false` when it had to be put back
   */
  ensure(): Promise<boolean>
  /** Takes back this instance's claim; with the last one and no call open, `globalThis.fetch` is what it was before. */
  undo(): void
}

/**
 * Puts the wrapper on `globalThis.fetch`, once per process however often it is called. Requests that are no POST
 * go straight to the host's fetch.
 */
export function installTraffic(): Installed {
  const state = sharedState()
  state.users += 1
  // Given back by the last undo and not replaced since. Whatever else stands there may itself call the wrapper,
  // which only ensure() can tell.
  if (globalThis.fetch === state.host) globalThis.fetch = state.wrapper
  let held = true
  return {
    traffic: state.traffic,
    ensure: () => ensure(state),
    undo: () => {
      if (!held) return
      held = false
      state.users -= 1
      // A request announced by a disposed instance may still be on its way; the wrapper must be there to stop it.
      if (state.users > 0 || state.traffic.ledger.hasOpenTurns) return
      if (globalThis.fetch === state.wrapper) globalThis.fetch = state.host
    },
  }
}

function sharedState(): ProcessState {
  const existing: ProcessState | undefined = Reflect.get(globalThis, STATE_KEY)
  if (existing) return existing
  const traffic = new Traffic()
  const probe = randomUUID()
  const host = globalThis.fetch
  const state: ProcessState = { traffic, probe, host, wrapper: wrap(host, traffic, probe), users: 0 }
  Reflect.set(globalThis, STATE_KEY, state)
  return state
}

/** Each wrapper keeps the host it was made for, so that no chain of replaced fetches can become a circle. */
function wrap(host: typeof fetch, traffic: Traffic, probe: string): typeof fetch {
  const wrapped: HostFetch = (input, init) => {
    if (methodOf({ input, init }) !== "POST") return host(input, init)
    if (isProbe(init, probe)) return Promise.resolve(new Response("seen"))
    return traffic.handle({ input, init }, host)
  }
  // `preconnect` and whatever else the host hangs on its fetch stays reachable.
  return Object.assign(wrapped, host)
}

async function ensure(state: ProcessState): Promise<boolean> {
  if (globalThis.fetch === state.wrapper) return true
  if (await reachesWrapper(state)) return true
  state.host = globalThis.fetch
  state.wrapper = wrap(state.host, state.traffic, state.probe)
  globalThis.fetch = state.wrapper
  return false
}

/** Asks the present fetch for a `data:` URL: our wrapper answers itself, any other fetch without touching the net. */
async function reachesWrapper(state: ProcessState): Promise<boolean> {
  try {
    const response = await globalThis.fetch("data:text/plain,unseen", {
      method: "POST",
      headers: { [PROBE_HEADER]: state.probe },
    })
    return (await response.text()) === "seen"
  } catch {
    return false
  }
}

function isProbe(init: RequestInit | undefined, probe: string): boolean {
  const headers = init?.headers
  if (headers === undefined || headers instanceof Headers || Array.isArray(headers)) {
    return headers instanceof Headers && headers.get(PROBE_HEADER) === probe
  }
  return Reflect.get(headers, PROBE_HEADER) === probe
}
