import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** One HTTP reply, byte for byte. */
export interface ServedReply {
  readonly headers: Readonly<Record<string, string>>
  /** One write each. */
  readonly chunks: readonly Uint8Array[]
  /** @default 200 */
  readonly status?: number
}

/** A server on 127.0.0.1 that answers every request with the reply last set. */
export class ReplyServer {
  readonly #server: Server
  #reply: ServedReply = { headers: {}, chunks: [] }

  private constructor(server: Server) {
    this.#server = server
    server.on("request", (request, response: ServerResponse) => {
      request.resume()
      request.on("end", () => void this.#answer(response).catch(() => response.destroy()))
    })
  }

  static async start(): Promise<ReplyServer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return new ReplyServer(server)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  serve(reply: ServedReply): void {
    this.#reply = reply
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #answer(response: ServerResponse): Promise<void> {
    const { headers, chunks, status } = this.#reply
    response.writeHead(status ?? 200, headers)
    for (const chunk of chunks) {
      response.write(chunk)
      // Lets the chunk leave on its own.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    response.end()
  }
}
