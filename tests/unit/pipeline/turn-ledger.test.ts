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

  describe("a request without a token", () => {
    const isFor = (wireModel: string): boolean => wireModel === "m"
    const title = { ...mark, agent: "title" }

    test("is the one announced call that waits for its first request, else the retry of the only one", () => {
      const ledger = new TurnLedger()
      ledger.announceUnmarked(mark, "m")
      expect(ledger.arriveUnmarked("ses_1", isFor)).toEqual({ mark, attempt: 1 })
      expect(ledger.arriveUnmarked("ses_1", isFor)).toEqual({ mark, attempt: 2 })
      const next = { ...mark, messageId: "msg_2" }
      ledger.announceUnmarked(next, "m")
      expect(ledger.arriveUnmarked("ses_1", isFor)).toEqual({ mark: next, attempt: 1 })
      expect(ledger.arriveUnmarked("ses_1", isFor)).toBeUndefined()
    })

    test.each([
      ["with tools is no title", true, mark, title],
      ["without tools is the title that waits", false, title, mark],
    ])("%s", (_name, hasTools, first, second) => {
      const ledger = new TurnLedger()
      ledger.announceUnmarked(mark, "m")
      ledger.announceUnmarked(title, "m")
      expect(ledger.arriveUnmarked("ses_1", isFor, hasTools)).toEqual({ mark: first, attempt: 1 })
      expect(ledger.arriveUnmarked("ses_1", isFor, !hasTools)).toEqual({ mark: second, attempt: 1 })
    })

    test("that may be one of several is named after none, and all of them count as seen", () => {
      const ledger = new TurnLedger()
      ledger.announceUnmarked(mark, "m")
      ledger.announceUnmarked({ ...mark, agent: "plan", providerId: "other" }, "m")
      expect(ledger.arriveUnmarked("ses_1", isFor, true)).toBeUndefined()
      expect([ledger.hasSeen("acme"), ledger.hasSeen("other")]).toEqual([true, true])
    })

    test("is looked for only in a session in which one was announced", () => {
      const ledger = new TurnLedger()
      ledger.announce(mark)
      expect(ledger.hasUnmarked("ses_1")).toBe(false)
      ledger.announceUnmarked(mark, "m")
      expect([
        ledger.hasUnmarked("ses_1"),
        ledger.hasUnmarked("ses_2"),
        ledger.hasUnmarked(undefined),
      ]).toEqual([true, false, false])
      ledger.finish("ses_1", "msg_1", "build")
      expect(ledger.hasUnmarked("ses_1")).toBe(false)
    })
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
