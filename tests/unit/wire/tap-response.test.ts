import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"
import { afterEach, describe, expect, test } from "vitest"
import { type ResponseObserver, tapResponse } from "../../../src/wire/tap-response.ts"

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

class Notes implements ResponseObserver {
  readonly calls: string[] = []
  text = ""
  error: unknown
  #decoder = new TextDecoder()

  chunk(bytes: Uint8Array): void {
    this.calls.push(`chunk ${bytes.byteLength}`)
    this.text += this.#decoder.decode(bytes, { stream: true })
  }
  end(): void {
    this.calls.push("end")
  }
  abort(reason: unknown): void {
    this.calls.push(`abort ${String(reason)}`)
  }
  fail(error: unknown): void {
    this.calls.push("fail")
    this.error = error
  }
  get last(): string | undefined {
    return this.calls.at(-1)
  }
}

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
      controller.close()
    },
  })
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe("tapResponse", () => {
  test("keeps status, statusText, headers, url, redirected and type of a fetched response", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/") {
        response.writeHead(302, { location: "/there" }).end()
        return
      }
      response.writeHead(418, "Short And Stout", [
        ["content-type", "application/json"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
        ["x-request-id", "r1"],
      ] as never)
      response.end('{"a":1}')
    })
    const plain = await fetch(url)
    const tapped = tapResponse(await fetch(url), new Notes())
    expect(tapped.status).toBe(418)
    expect(tapped.statusText).toBe("Short And Stout")
    expect(tapped.ok).toBe(false)
    expect(tapped.url).toBe(`${url}there`)
    expect(tapped.redirected).toBe(true)
    expect(tapped.type).toBe(plain.type)
    expect(tapped.headers.get("x-request-id")).toBe("r1")
    expect(tapped.headers.getSetCookie()).toEqual(["a=1", "b=2"])
    expect(tapped).toBeInstanceOf(Response)
    expect(await tapped.json()).toEqual({ a: 1 })
    await plain.text()
  })

  test("passes the same chunks, in the same boundaries, and tells the observer first", async () => {
    const notes = new Notes()
    const tapped = tapResponse(new Response(streamOf("one", "twoo", "x")), notes)
    const seen: string[] = []
    const reader = tapped.body!.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      seen.push(new TextDecoder().decode(value))
      expect(notes.last).toBe(`chunk ${value.byteLength}`)
    }
    expect(seen).toEqual(["one", "twoo", "x"])
    expect(notes.calls).toEqual(["chunk 3", "chunk 4", "chunk 1", "end"])
  })

  test("hands on the first chunk while the server still holds back the second", async () => {
    let finish = (): void => undefined
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.write("data: 1\n\n")
      finish = () => response.end("data: 2\n\n")
    })
    const notes = new Notes()
    const reader = tapResponse(await fetch(url), notes).body!.getReader()
    const first = await reader.read()
    expect(new TextDecoder().decode(first.value)).toBe("data: 1\n\n")
    finish()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("data: 2\n\n")
    expect((await reader.read()).done).toBe(true)
    expect(notes.text).toBe("data: 1\n\ndata: 2\n\n")
    expect(notes.last).toBe("end")
  })

  test("text, json, arrayBuffer and clone read the whole body, and a clone keeps the url", async () => {
    const url = await serve((_request, response) => response.end('{"ok":true}'))
    const text = tapResponse(await fetch(url), new Notes())
    expect(await text.text()).toBe('{"ok":true}')
    const bytes = tapResponse(await fetch(url), new Notes())
    expect((await bytes.arrayBuffer()).byteLength).toBe(11)
    const notes = new Notes()
    const tapped = tapResponse(await fetch(url), notes)
    const copy = tapped.clone()
    expect(copy.url).toBe(url)
    expect(copy.clone().url).toBe(url)
    expect(await Promise.all([tapped.json(), copy.json()])).toEqual([{ ok: true }, { ok: true }])
    expect(notes.text).toBe('{"ok":true}')
    expect(tapped.bodyUsed).toBe(true)
  })

  test("a compressed body reaches caller and observer decoded", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" })
      response.end(gzipSync('{"zip":1}'))
    })
    const notes = new Notes()
    expect(await tapResponse(await fetch(url), notes).json()).toEqual({ zip: 1 })
    expect(notes.text).toBe('{"zip":1}')
  })

  test("a response without a body is answered as it is and counts as ended", async () => {
    for (const status of [204, 205, 304]) {
      const notes = new Notes()
      const response = new Response(null, { status })
      expect(tapResponse(response, notes)).toBe(response)
      expect(notes.calls).toEqual(["end"])
    }
    const url = await serve((_request, response) => response.writeHead(204).end())
    const notes = new Notes()
    const fetched = tapResponse(await fetch(url), notes)
    expect(fetched.status).toBe(204)
    expect(await fetched.text()).toBe("")
    expect(notes.calls).toEqual(["end"])
  })

  test("an empty body of a 200 ends for both", async () => {
    const url = await serve((_request, response) => response.end())
    const notes = new Notes()
    expect(await tapResponse(await fetch(url), notes).text()).toBe("")
    expect(notes.calls).toEqual(["end"])
  })

  test("reads from the source only as fast as the caller reads", async () => {
    let pulled = 0
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1
          controller.enqueue(new Uint8Array([pulled]))
        },
      },
      { highWaterMark: 0 },
    )
    const reader = tapResponse(new Response(source), new Notes()).body!.getReader()
    await sleep(20)
    expect(pulled).toBeLessThanOrEqual(1)
    await reader.read()
    await reader.read()
    await sleep(20)
    expect(pulled).toBeLessThanOrEqual(3)
    await reader.cancel()
  })

  test("cancelling the tapped body cancels the source with the same reason", async () => {
    let cancelled: unknown
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array([1]))
      },
      cancel(reason) {
        cancelled = reason
      },
    })
    const notes = new Notes()
    const reader = tapResponse(new Response(source), notes).body!.getReader()
    await reader.read()
    await reader.cancel("enough")
    expect(cancelled).toBe("enough")
    expect(notes.calls).toEqual(["chunk 1", "abort enough"])
  })

  test("cancelling does to the connection what it does without a tap", async () => {
    // Node closes it; Bun 1.3 keeps it open. Either way the tap must not change it.
    const closedAfterCancel = async (tap: (response: Response) => Response): Promise<boolean> => {
      let closed = false
      const url = await serve((_request, response) => {
        response.on("close", () => {
          closed = true
        })
        response.writeHead(200)
        response.write("partial")
      })
      const reader = tap(await fetch(url)).body!.getReader()
      await reader.read()
      await reader.cancel()
      await sleep(150)
      return closed
    }
    const plain = await closedAfterCancel((response) => response)
    expect(await closedAfterCancel((response) => tapResponse(response, new Notes()))).toBe(plain)
  })

  test("an aborted signal gives the caller and the observer the same error", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200)
      response.write("partial")
    })
    const controller = new AbortController()
    const notes = new Notes()
    const reader = tapResponse(await fetch(url, { signal: controller.signal }), notes).body!.getReader()
    await reader.read()
    const pending = reader.read().then(
      () => undefined,
      (error: unknown) => error,
    )
    controller.abort()
    const error = await pending
    expect((error as Error).name).toBe("AbortError")
    expect(notes.error).toBe(error)
    expect(notes.text).toBe("partial")
    expect(notes.calls.filter((call) => !call.startsWith("chunk"))).toEqual(["fail"])
  })

  test("a connection cut in mid-body fails for both, after the partial bytes", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" })
      response.write("partial")
      setTimeout(() => response.socket?.destroy(), 30)
    })
    const notes = new Notes()
    const reader = tapResponse(await fetch(url), notes).body!.getReader()
    await reader.read()
    const error = await reader.read().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(Error)
    expect(notes.error).toBe(error)
    expect(notes.text).toBe("partial")
    expect(notes.last).toBe("fail")
  })

  test("an observer that throws is left alone from then on and the caller gets every byte", async () => {
    const calls: string[] = []
    const broken = (name: string) => (): never => {
      calls.push(name)
      throw new Error("broken observer")
    }
    const observer = {
      chunk: broken("chunk"),
      end: broken("end"),
      abort: broken("abort"),
      fail: broken("fail"),
    }
    expect(await tapResponse(new Response(streamOf("a", "b")), observer).text()).toBe("ab")
    expect(calls).toEqual(["chunk"])
    expect(tapResponse(new Response(null, { status: 204 }), observer).status).toBe(204)
    expect(calls).toEqual(["chunk", "end"])
  })

  test("what the caller does to a chunk afterwards does not change what was observed", async () => {
    const notes = new Notes()
    const reader = tapResponse(new Response(streamOf("secret", "tail")), notes).body!.getReader()
    const { value } = await reader.read()
    value!.fill(0)
    await reader.read()
    await reader.read()
    expect(notes.text).toBe("secrettail")
  })
})

describe("holdFirst", () => {
  const never = new Promise<void>(() => undefined)
  const read = (response: Response): ReadableStreamDefaultReader<Uint8Array> => {
    const reader = response.body?.getReader()
    if (!reader) throw new Error("no body")
    return reader
  }
  const textOf = (result: { value?: Uint8Array | undefined }): string =>
    new TextDecoder().decode(result.value)

  test("the first chunk waits for it, and nothing after it does", async () => {
    const order: string[] = []
    let release = (): void => undefined
    const holdFirst = new Promise<void>((resolve) => {
      release = () => {
        order.push("released")
        resolve()
      }
    })
    const notes = new Notes()
    const reader = read(tapResponse(new Response(streamOf("a", "b")), notes, { holdFirst }))
    const first = reader.read().then((result) => order.push(textOf(result)))
    queueMicrotask(release)
    await first
    order.push(textOf(await reader.read()))
    expect(order).toEqual(["released", "a", "b"])
    expect(notes.text).toBe("ab")
  })

  test("it waits 2 ms at most, once", async () => {
    const reader = read(tapResponse(new Response(streamOf("a", "b", "c")), new Notes(), { holdFirst: never }))
    const startedAt = performance.now()
    expect(textOf(await reader.read())).toBe("a")
    const waitedMs = performance.now() - startedAt
    expect(waitedMs).toBeGreaterThan(0.9)
    expect(waitedMs).toBeLessThan(60)
    let turns = 0
    const counting = setInterval(() => (turns += 1), 0)
    expect(textOf(await reader.read())).toBe("b")
    expect(textOf(await reader.read())).toBe("c")
    clearInterval(counting)
    expect(turns).toBe(0)
  })

  test("one that has failed, or fails meanwhile, holds nothing", async () => {
    const failed = Promise.reject(new Error("no disk"))
    for (const holdFirst of [failed, sleep(0).then(() => failed)]) {
      const reader = read(tapResponse(new Response(streamOf("a")), new Notes(), { holdFirst }))
      expect(textOf(await reader.read())).toBe("a")
    }
  })

  test("headers come at once, and so does the end of an empty body", async () => {
    const url = await serve((_request, response) => void response.writeHead(200, { "x-a": "b" }).end())
    const tapped = tapResponse(await fetch(url), new Notes(), { holdFirst: never })
    expect(tapped.headers.get("x-a")).toBe("b")
    expect(await tapped.text()).toBe("")
  })

  test("a caller that leaves meanwhile leaves at once, and the source is told", async () => {
    const told: unknown[] = []
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array([97])),
      cancel: (reason) => void told.push(reason),
    })
    const notes = new Notes()
    const reader = read(tapResponse(new Response(source), notes, { holdFirst: never }))
    const first = reader.read()
    await sleep(0)
    await reader.cancel("enough")
    expect((await first).done).toBe(true)
    expect(told).toEqual(["enough"])
    expect(notes.last).toBe("abort enough")
  })
})
