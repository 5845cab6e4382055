import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type Installed, installTraffic } from "../../../src/pipeline/install.ts"
import type { Stage } from "../../../src/pipeline/stage.ts"
import { type EchoServer, startEchoServer } from "../../support/echo-server.ts"

const CHAT = JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "say WORD" }] })
const maskWord: Stage = {
  name: "mask",
  run: (exchange, next) => next({ ...exchange, bodyText: exchange.bodyText.replaceAll("WORD", "****") }),
}
const host = globalThis.fetch
const open: Installed[] = []

function install(): Installed {
  const installed = installTraffic()
  open.push(installed)
  return installed
}

let server: EchoServer
beforeEach(async () => {
  server = await startEchoServer()
})
afterEach(async () => {
  for (const installed of open.splice(0)) installed.undo()
  globalThis.fetch = host
  await server.close()
})

describe("installTraffic", () => {
  test("wraps fetch once, however many instances there are, and gives it back with the last", () => {
    const first = install()
    const wrapper = globalThis.fetch
    const second = install()
    expect(wrapper).not.toBe(host)
    expect(globalThis.fetch).toBe(wrapper)
    expect(second.traffic).toBe(first.traffic)
    first.undo()
    first.undo()
    expect(globalThis.fetch).toBe(wrapper)
    second.undo()
    expect(globalThis.fetch).toBe(host)
  })

  test("stays in place after the last instance while an announced call is open", async () => {
    const installed = install()
    const wrapper = globalThis.fetch
    const call = {
      instanceId: "a",
      sessionId: "s",
      agent: "build",
      providerId: "p",
      modelId: "m",
      messageId: "x",
    }
    installed.traffic.ledger.announce(call)
    installed.undo()
    expect(globalThis.fetch).toBe(wrapper)
    installed.traffic.ledger.finish("s", "x", "build")
    const next = install()
    next.undo()
    expect(globalThis.fetch).toBe(host)
  })

  test("keeps what hangs on the host's fetch", () => {
    install()
    expect(Object.keys(globalThis.fetch)).toEqual(Object.keys(host))
  })

  test("puts the same wrapper back after an undo, so that references kept by others still pass it", async () => {
    const first = install()
    const kept = globalThis.fetch
    first.undo()
    const second = install()
    second.traffic.register({ id: "a", directory: "/p", stages: [maskWord], ownsSession: () => false })
    await kept(server.url, { method: "POST", body: CHAT })
    expect(server.received[0]?.body).not.toContain("WORD")
    expect(globalThis.fetch).toBe(kept)
  })

  test("leaves a wrapper of another plugin alone when it passes ours", async () => {
    const installed = install()
    const ours = globalThis.fetch
    const theirs = Object.assign((...args: Parameters<typeof fetch>) => ours(...args), host)
    globalThis.fetch = theirs
    expect(await installed.ensure()).toBe(true)
    expect(globalThis.fetch).toBe(theirs)
    installed.undo()
    expect(globalThis.fetch).toBe(theirs)
  })

  test("never sends in a circle when another plugin keeps and calls our wrapper", async () => {
    const first = install()
    const ours = globalThis.fetch
    const theirs = Object.assign((...args: Parameters<typeof fetch>) => ours(...args), host)
    globalThis.fetch = theirs
    first.undo()
    const second = install()
    expect(await second.ensure()).toBe(true)
    await fetch(server.url, { method: "POST", body: CHAT })
    expect(server.received).toHaveLength(1)
  })

  test("goes back in front when another plugin replaced fetch", async () => {
    const installed = install()
    const undo = installed.traffic.register({
      id: "a",
      directory: "/p",
      stages: [maskWord],
      ownsSession: () => false,
    })
    globalThis.fetch = Object.assign((...args: Parameters<typeof fetch>) => host(...args), host)
    expect(await installed.ensure()).toBe(false)
    await fetch(server.url, { method: "POST", body: CHAT })
    expect(server.received[0]?.body).not.toContain("WORD")
    expect(await installed.ensure()).toBe(true)
    undo()
  })
})
