import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import { type AnnouncedCall, type NativeRuntime, TransportGuard } from "../../../src/host/transport-guard.ts"
import { FORCE_HTTP_HEADER, MARK_HEADER } from "../../../src/pipeline/attribution.ts"
import { type Installed, installTraffic } from "../../../src/pipeline/install.ts"

let installed: Installed
let provider = ""
let counter = 0
beforeEach(() => {
  installed = installTraffic()
  // What was seen is remembered for the whole process, so each test has a provider of its own.
  counter += 1
  provider = `provider-${counter}`
})
afterEach(() => {
  // Open announcements would keep the wrapper in place.
  installed.traffic.ledger.finish("ses", `msg_${counter}`, undefined)
  installed.undo()
})

const call = (extra: Partial<AnnouncedCall> = {}): AnnouncedCall => ({
  sessionId: "ses",
  agent: "build",
  providerId: provider,
  modelId: "m",
  messageId: `msg_${counter}`,
  wireModel: "wire-m",
  ownFetch: false,
  signed: false,
  ...extra,
})
const finished = (extra: object = {}) => ({
  sessionId: "ses",
  messageId: `msg_${counter}`,
  agent: "build",
  failed: false,
  ...extra,
})

function guardOf(options: { native?: NativeRuntime; allowUnseen?: boolean } = {}) {
  const anomalies = new AnomalyLog()
  const turns: boolean[] = []
  const guard = new TransportGuard({
    instanceId: "one",
    installed,
    anomalies,
    nativeRuntime: options.native ?? "off",
    allowUnseen: options.allowUnseen ?? false,
    onTurn: ({ seen }) => turns.push(seen),
  })
  return { guard, anomalies, turns }
}

describe("TransportGuard", () => {
  test("refuses a provider after a reply that did not pass the wrapper, until one passes", async () => {
    const { guard, anomalies, turns } = guardOf()
    await guard.check(call())
    guard.announce(call())
    guard.finish(finished())
    expect(turns).toEqual([false])
    expect(anomalies.latest?.phase).toBe("transport/unseen")
    await expect(guard.check(call())).rejects.toMatchObject({ code: "TRANSPORT_UNSEEN" })
    const headers = guard.announce(call())
    installed.traffic.ledger.arrive(headers[MARK_HEADER] ?? "")
    await guard.check(call())
  })

  test("takes a failed reply for nothing: it may never have been requested", async () => {
    const { guard, anomalies } = guardOf()
    guard.announce(call())
    guard.finish(finished({ failed: true }))
    expect(anomalies.count).toBe(0)
    await guard.check(call())
  })

  test("goes on where the person allows unseen transports", async () => {
    const { guard } = guardOf({ allowUnseen: true })
    guard.announce(call())
    guard.finish(finished())
    await guard.check(call())
  })

  test("asks OpenAI for plain HTTP, and nobody else", () => {
    const { guard } = guardOf()
    expect(Object.keys(guard.announce(call({ providerId: "openai" })))).toEqual([
      MARK_HEADER,
      FORCE_HTTP_HEADER,
    ])
    expect(Object.keys(guard.announce(call()))).toEqual([MARK_HEADER])
  })

  test("asks for plain HTTP also where OpenAI has a fetch of its own, which may lead to the WebSocket pool", () => {
    const { guard } = guardOf()
    const headers = guard.announce(call({ providerId: "openai", messageId: "other", ownFetch: true }))
    expect(headers[FORCE_HTTP_HEADER]).toBe("true")
    installed.traffic.ledger.finish("ses", "other", undefined)
  })

  test("adds nothing to headers that are signed, and knows the call by its model", async () => {
    const { guard, turns } = guardOf()
    expect(guard.announce(call({ signed: true }))).toEqual({})
    installed.traffic.ledger.arriveUnmarked("ses", (name) => name === "wire-m")
    guard.finish(finished())
    expect(turns).toEqual([true])
  })

  test("refuses the native runtime's providers when it keeps an old fetch, and only those", async () => {
    const { guard } = guardOf({ native: "cached" })
    await expect(guard.check(call({ providerId: "opencode-x" }))).rejects.toMatchObject({
      code: "TRANSPORT_UNSEEN",
    })
    await guard.check(call())
  })

  test("lets a title of a provider with a fetch of its own wait until its turn has passed the wrapper", async () => {
    const { guard } = guardOf()
    const title = guard.check(call({ agent: "title", ownFetch: true }))
    expect(guard.announce(call({ ownFetch: true }))).toEqual({})
    installed.traffic.ledger.arriveUnmarked("ses", () => true)
    await title
    expect(Object.keys(guard.announce(call({ ownFetch: true })))).toEqual([MARK_HEADER])
  })
})
