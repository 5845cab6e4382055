import { request as httpRequest, createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { gzipSync } from "node:zlib"
import { selfSigned } from "./self-signed.ts"
import type { CallTargets } from "./fetch-calls.ts"

/** One request as it arrived: at the plain server, the TLS server or the proxy. */
export interface Arrival {
  readonly at: "plain" | "tls" | "proxy"
  readonly method: string
  /** As received: absolute at the proxy. */
  readonly url: string
  /** Names and values as received, in order. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

/** A plain server, the same over TLS, and a forwarding HTTP proxy, all on 127.0.0.1, which remember what arrives. */
export interface RecordingServers {
  readonly targets: CallTargets
  readonly arrivals: readonly Arrival[]
  stop(): Promise<void>
}

export async function startRecordingServers(): Promise<RecordingServers> {
  const arrivals: Arrival[] = []
  const record = (at: Arrival["at"], handle: Handler): RequestListener => {
    const listener = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
      const chunks: Uint8Array[] = []
      for await (const chunk of request) chunks.push(chunk as Uint8Array)
      const body = Buffer.concat(chunks)
      const { method = "", url = "", rawHeaders } = request
      arrivals.push({ at, method, url, rawHeaders: [...rawHeaders], body: body.toString("base64") })
      handle(request, response, body)
    }
    return (request, response) => void listener(request, response).catch(() => response.destroy())
  }
  const plain = createServer(record("plain", answer))
  const tls = createTlsServer(selfSigned("localhost"), record("tls", answer))
  const proxy = createServer(record("proxy", forward))
  const [url, tlsUrl, proxyUrl] = await Promise.all([
    listen(plain, "http"),
    listen(tls, "https"),
    listen(proxy, "http"),
  ])
  return {
    targets: { url, tlsUrl, proxyUrl },
    arrivals,
    stop: async () => {
      for (const server of [plain, tls, proxy]) {
        server.closeAllConnections()
        await new Promise<void>((resolve) => server.close(() => resolve()))
      }
    },
  }
}

type Handler = (...args: [...Parameters<RequestListener>, body: Buffer]) => void

/** Answers as `?do=` says, else `{"ok":true}` with headers worth comparing. */
const answer: Handler = (request, response) => {
  const action = new URL(request.url ?? "/", "http://local").searchParams.get("do")
  switch (action) {
    case "redirect":
      response.writeHead(307, { location: "/there" }).end()
      return
    case "empty":
      response.writeHead(204, { "x-empty": "yes" }).end()
      return
    case "gzip":
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      response.end(gzipSync('{"ok":"gzip"}'))
      return
    case "teapot":
      response.writeHead(418, "Short And Stout", { "retry-after": "1" }).end("no coffee")
      return
    case "cut":
      response.writeHead(200, { "content-length": "100" })
      response.write("partial")
      // Late enough for the headers to be seen on a busy machine.
      setTimeout(() => response.socket?.destroy(), 400)
      return
    case "wait":
      setTimeout(() => response.end("late"), 2000).unref()
      return
    case null:
    default:
      response.writeHead(200, [
        ["content-type", "application/json"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
        ["x-request-id", "r1"],
      ] as never)
      response.end('{"ok":true}')
  }
}

const forward: Handler = (request, response, body) => {
  const { method, headers } = request
  const onward = httpRequest(request.url ?? "", { method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.rawHeaders)
    reply.pipe(response)
  })
  onward.on("error", () => response.destroy())
  onward.end(body)
}

async function listen(server: Server | ReturnType<typeof createTlsServer>, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return `${scheme}://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
}
