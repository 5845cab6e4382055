import { describe, expect, test } from "vitest"
import type { Mark } from "../../../src/pipeline/attribution.ts"
import { TurnLedger } from "../../../src/pipeline/turn-ledger.ts"

const mark: Mark = {
  instanceId: "one",
  sessionId: "ses_1",
  agent: "build",
  providerId: "acme",
  modelId: "m",
  messageId: "msg_1",
}

describe("TurnLedger", () => {
  test("tells mark and attempt of each request that arrives with its token", () => {
    const ledger = new TurnLedger()
    const token = ledger.announce(mark)
    expect(ledger.arrive(token)).toEqual({ mark, attempt: 1 })
    expect(ledger.arrive(token)).toEqual({ mark, attempt: 2 })
    expect(ledger.arrive("forged")).toBeUndefined()
  })

  test("calls a turn seen when one of its requests arrived", () => {
    const ledger = new TurnLedger()
    ledger.announce(mark)
    ledger.arrive(ledger.announce(mark))
    expect(ledger.finish("ses_1", "msg_1", "build")).toEqual({ seen: true, mark })
    expect(ledger.isBlind("acme")).toBe(false)
  })

  test("holds a provider blind after a turn nobody saw, until one passes again", () => {
    const ledger = new TurnLedger()
    ledger.announce(mark)
    expect(ledger.finish("ses_1", "msg_1", "build")).toEqual({ seen: false, mark })
    expect(ledger.isBlind("acme")).toBe(true)
    expect(ledger.isBlind("other")).toBe(false)
    ledger.arrive(ledger.announce(mark))
    expect(ledger.isBlind("acme")).toBe(false)
    expect(ledger.hasSeen("acme")).toBe(true)
  })

  test("keeps turns of other sessions, messages and agents apart", () => {
    const ledger = new TurnLedger()
    ledger.announce(mark)
    const title = ledger.announce({ ...mark, agent: "title" })
    expect(ledger.finish("ses_2", "msg_1", "build")).toBeUndefined()
    expect(ledger.finish("ses_1", "msg_2", "build")).toBeUndefined()
    expect(ledger.finish("ses_1", "msg_1", "build")?.seen).toBe(false)
    expect(ledger.arrive(title)?.mark.agent).toBe("title")
  })

  test("forgets the oldest announcements past its bound", () => {
    const ledger = new TurnLedger()
    const first = ledger.announce(mark)
    const rest = Array.from({ length: 2000 }, () => ledger.announce(mark))
    expect(ledger.arrive(first)).toBeUndefined()
    expect(ledger.arrive(rest.at(-1) ?? "")?.attempt).toBe(1)
  })

  test("knows a turn announced without a header by session and model", () => {
    const ledger = new TurnLedger()
    const isFor = (name: string) => (wireModel: string) => wireModel === name
    ledger.announceUnmarked(mark, "m-large")
    ledger.announceUnmarked({ ...mark, agent: "title", providerId: "other" }, "m-small")
    ledger.arriveUnmarked("ses_2", isFor("m-large"))
    expect(ledger.hasSeen("acme")).toBe(false)
    ledger.arriveUnmarked("ses_1", isFor("m-large"))
    expect(ledger.hasSeen("acme")).toBe(true)
    expect(ledger.hasSeen("other")).toBe(false)
    expect(ledger.finish("ses_1", "msg_1", "build")?.seen).toBe(true)
    ledger.announceUnmarked(mark, "m-large")
    expect(ledger.finish("ses_1", "msg_1", "build")?.seen).toBe(false)
    expect(ledger.isBlind("acme")).toBe(true)
  })

  test("waits for the proof that a provider passes the wrapper, and not longer than told", async () => {
    const ledger = new TurnLedger()
    expect(await ledger.waitUntilSeen("acme", 20)).toBe(false)
    const waiting = ledger.waitUntilSeen("acme", 5000)
    ledger.arrive(ledger.announce({ ...mark, providerId: "other" }))
    ledger.arrive(ledger.announce(mark))
    expect(await waiting).toBe(true)
    expect(await ledger.waitUntilSeen("acme", 0)).toBe(true)
  })
})
