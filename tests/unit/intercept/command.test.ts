import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import { runCommand } from "../../../src/intercept/command.ts"
import { createInterceptor, type Interceptor } from "../../../src/intercept/interceptor.ts"
import { ExchangeLab } from "./exchange-lab.ts"

let lab: ExchangeLab
let interceptor: Interceptor

beforeEach(() => {
  lab = new ExchangeLab()
  const { root, anomalies } = lab
  interceptor = createInterceptor({ root, anomalies, scrubText: (text) => text })
})
afterEach(() => lab.close())

const status = (heading: string, enabled: string): string =>
  [
    `## Interceptor ${heading}`,
    "",
    `- Enabled: ${enabled}`,
    `- Dump root: ${join(lab.root, "ses_1")}`,
    "- Captures: 0",
    "- Total bytes: 0",
    "- Anomalies: 0",
    "- Latest anomaly phase: none",
    "- Latest anomaly message: none",
  ].join("\n")

describe("/intercept", () => {
  test("without arguments shows the status, off at first", () => {
    expect(interceptor.enabled).toBe(false)
    expect(interceptor.command("", "ses_1")).toBe(status("Status", "disabled"))
    expect(interceptor.command("  \n ", "ses_1")).toBe(status("Status", "disabled"))
  })

  test("on and off switch, may be repeated, and show the new state", () => {
    expect(interceptor.command("on", "ses_1")).toBe(status("Enabled", "enabled"))
    expect(interceptor.command(" on ", "ses_1")).toBe(status("Enabled", "enabled"))
    expect(interceptor.enabled).toBe(true)
    expect(interceptor.command("", "ses_1")).toBe(status("Status", "enabled"))
    expect(interceptor.command("off", "ses_1")).toBe(status("Disabled", "disabled"))
    expect(interceptor.command("off", "ses_1")).toBe(status("Disabled", "disabled"))
    expect(interceptor.enabled).toBe(false)
  })

  test("answers usage for anything else and leaves the state alone", () => {
    for (const enabled of [false, true]) {
      if (enabled) interceptor.command("on", "ses_1")
      for (const args of ["bogus", "ON", "status", "on now", "on off", "off please", "--help"]) {
        const reply = interceptor.command(args, "ses_1")
        expect(reply.split("\n").slice(0, 4)).toEqual([
          "## Interceptor Usage",
          "",
          "Usage: `/intercept`, `/intercept on`, or `/intercept off`.",
          "",
        ])
        expect(reply).toContain(`- Enabled: ${enabled ? "enabled" : "disabled"}`)
        expect(interceptor.enabled).toBe(enabled)
      }
    }
  })

  test("shows unknown-session for a blank session id and a safe name for a hostile one", () => {
    expect(interceptor.command("", undefined)).toContain(
      `- Dump root: ${join(lab.root, "unknown-session")}\n`,
    )
    expect(interceptor.command("", " ")).toContain(`- Dump root: ${join(lab.root, "unknown-session")}\n`)
    expect(interceptor.command("", "../x")).toMatch(/captures\/unsafe-[0-9a-f]{32}\n/)
  })

  test("shows the count, phase and message of anomalies, in one line each", () => {
    lab.anomalies.add("capture/response-parse", "first")
    lab.anomalies.add("cleanup/entry-delete", "two\nlines")
    const reply = interceptor.command("", "ses_1")
    expect(reply).toContain("- Anomalies: 2\n")
    expect(reply).toContain("- Latest anomaly phase: cleanup/entry-delete\n")
    expect(reply).toContain("- Latest anomaly message: two lines")
  })

  test("each interceptor has its own state", () => {
    const other = createInterceptor({
      root: lab.root,
      anomalies: new AnomalyLog(),
      scrubText: (text) => text,
    })
    interceptor.command("on", "ses_1")
    expect(other.enabled).toBe(false)
  })

  test("runs a form before its status is taken", () => {
    const calls: string[] = []
    const target = { enable: () => calls.push("on"), disable: () => calls.push("off") }
    runCommand("on", target, () => {
      calls.push("status")
      return []
    })
    expect(calls).toEqual(["on", "status"])
  })
})
