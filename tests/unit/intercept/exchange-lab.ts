import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import {
  type Capture,
  type CaptureStart,
  createInterceptor,
  type Interceptor,
  type InterceptorOptions,
} from "../../../src/intercept/interceptor.ts"
import type { LiveMask } from "../../../src/intercept/live-text.ts"
import type { MetaFile, RequestFile, ResponseFile } from "../../../src/intercept/trio.ts"
import type { DialectId } from "../../../src/wire/dialect.ts"
import { dialectById } from "../../../src/wire/dialects/index.ts"

export interface StoredTrio {
  readonly baseName: string
  readonly request: RequestFile
  readonly response: ResponseFile
  readonly meta: MetaFile
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs `use` with the rights of another user (`nobody`); only root can. */
export async function asNobody<T>(use: () => Promise<T>): Promise<T> {
  process.seteuid?.(65_534)
  try {
    return await use()
  } finally {
    process.seteuid?.(0)
  }
}

/** Stands in for a masker that finds nothing in growing texts. */
export const PLAIN: LiveMask = {
  find: () => [],
  maskRange: (text, { from, until }) => ({ text: text.slice(from, until), end: until }),
}

/** What stands for a secret in these tests, and what the stand-in for the masker makes of it. */
export const CANARY = "canary-value"
export const MASKED = "<masked>"

/** One interceptor on a fresh root, a local provider, and a reader of what was stored. */
export class ExchangeLab {
  readonly base: string = realpathSync(mkdtempSync(join(tmpdir(), "airlock-intercept-")))
  readonly root: string = join(this.base, "captures")
  readonly anomalies: AnomalyLog = new AnomalyLog()
  readonly #servers: Server[] = []

  interceptor(options: Partial<InterceptorOptions> = {}): Interceptor {
    const interceptor = createInterceptor({
      root: this.root,
      anomalies: this.anomalies,
      scrubText: (text) => text.replaceAll(CANARY, MASKED),
      ...options,
    })
    // The state changes before the reply is made.
    void interceptor.command("on all", "ses_1")
    return interceptor
  }

  async provider(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    this.#servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat`
  }

  start(url: string, more: Partial<CaptureStart> = {}): CaptureStart {
    return {
      dialect: dialect("openai-chat"),
      sessionId: "ses_1",
      attribution: "mark",
      url,
      method: "POST",
      headers: [["content-type", "application/json"]],
      bodyText: '{"model":"m-1","messages":[{"role":"user","content":"hi"}]}',
      ...more,
    }
  }

  begin(interceptor: Interceptor, url: string, more: Partial<CaptureStart> = {}): Capture {
    const capture = interceptor.begin(this.start(url, more))
    if (capture === undefined) throw new Error("interceptor is off")
    return capture
  }

  /** A whole exchange whose reply is read to the end. */
  async exchange(
    interceptor: Interceptor,
    listener: RequestListener,
    more: Partial<CaptureStart> = {},
  ): Promise<{ text: string; trio: StoredTrio }> {
    const url = await this.provider(listener)
    const capture = this.begin(interceptor, url, more)
    const response = capture.observe(await fetch(url, { method: "POST", body: "{}" }))
    const text = await response.text()
    await interceptor.settled()
    return { text, trio: this.only(more.sessionId ?? "ses_1") }
  }

  files(session = "ses_1"): string[] {
    return readdirSync(join(this.root, session)).sort()
  }

  trios(session = "ses_1"): StoredTrio[] {
    const names = this.files(session).filter((name) => name.endsWith(".meta.json"))
    return names.map((name) => {
      const baseName = name.slice(0, -".meta.json".length)
      const read = (part: string): unknown =>
        JSON.parse(readFileSync(join(this.root, session, `${baseName}.${part}.json`), "utf8"))
      return {
        baseName,
        request: read("request") as RequestFile,
        response: read("response") as ResponseFile,
        meta: read("meta") as MetaFile,
      }
    })
  }

  only(session = "ses_1"): StoredTrio {
    const [trio, ...others] = this.trios(session)
    if (trio === undefined || others.length > 0)
      throw new Error(`expected one trio, found ${others.length}+1`)
    return trio
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections()
      server.close()
    }
    rmSync(this.base, { recursive: true, force: true })
  }
}

export function dialect(id: DialectId): CaptureStart["dialect"] {
  const found = dialectById(id)
  if (found === undefined) throw new Error(`no dialect ${id}`)
  return found
}

/** An OpenAI chat event. */
export function chatEvent(delta: unknown, more: Record<string, unknown> = {}): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, ...more }] })}\n\n`
}
