import { describe, expect, test } from "vitest"
import { AnomalyLog } from "../../../src/base/anomalies.ts"

describe("AnomalyLog", () => {
  test("counts every anomaly, keeps the latest 50, and puts each on one short line", () => {
    const log = new AnomalyLog(() => 7)
    for (let index = 0; index < 60; index++) log.add("scope/step", `line ${index}\n  more ${"x".repeat(400)}`)
    expect(log.count).toBe(60)
    expect(log.recent).toHaveLength(50)
    expect(log.latest?.message.startsWith("line 59 more xxx")).toBe(true)
    expect(log.latest?.message.length).toBe(300)
    expect(log.latest?.atMs).toBe(7)
  })

  test("says unknown anomaly for an empty message", () => {
    const log = new AnomalyLog()
    log.add("a/b", "  ")
    expect(log.latest?.message).toBe("unknown anomaly")
  })

  test("survives a listener that throws", () => {
    const log = new AnomalyLog(Date.now, () => {
      throw new Error("log is broken")
    })
    log.add("a/b", "still counted")
    expect(log.count).toBe(1)
  })
})
