import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** What the server got, byte for byte. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A local HTTP server that answers `{"ok":true}` and remembers every request. */
export interface EchoServer {
  readonly url: string
  readonly received: readonly Received[]
  close(): Promise<void>
}

export async function startEchoServer(): Promise<EchoServer> {
  const received: Received[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request)
    received.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body })
    response.setHeader("content-type", "application/json")
    response.end('{"ok":true}')
  }
  const listening = await listen(createServer((request, response) => void answer(request, response)))
  return { ...listening, received }
}

/** A local HTTP server for large bodies: answers how many bytes came, and keeps none. */
export async function startCountingServer(): Promise<Pick<EchoServer, "url" | "close">> {
  return listen(
    createServer((request, response) => {
      let size = 0
      request.on("data", (chunk: Uint8Array) => {
        size += chunk.byteLength
      })
      request.on("end", () => response.end(String(size)))
    }),
  )
}

async function listen(server: Server): Promise<Pick<EchoServer, "url" | "close">> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString("utf8")
}
