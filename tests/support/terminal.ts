import { setTimeout as sleep } from "node:timers/promises"

/** A pseudo terminal of Bun (1.3), with a program in it. */
interface Pty {
  readonly terminal: { write(text: string): void }
  readonly exited: Promise<number>
  kill(): void
}

interface PtyOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly terminal: {
    readonly cols: number
    readonly rows: number
    readonly data: (terminal: unknown, bytes: Uint8Array) => void
  }
}

interface BunRuntime {
  spawn(command: readonly string[], options: PtyOptions): Pty
}

/** A program that talks to a terminal, as a person would use it. */
export interface Terminal {
  /** Waits until the screen has shown `what`, with all that was written since the start. */
  shows(what: RegExp, withinMs: number): Promise<void>
  /** Pastes a line, which opens no palette as typing does, and sends it. */
  send(line: string): Promise<void>
  stop(): Promise<void>
}

const SETTLE_MS = 2500

/** Starts `command` in a terminal of 120 by 40. Only Bun has terminals. */
export function startTerminal(
  command: readonly string[],
  { cwd, env }: Pick<PtyOptions, "cwd" | "env">,
): Terminal {
  const bun: BunRuntime | undefined = Reflect.get(globalThis, "Bun")
  if (bun === undefined) throw new Error("Terminals need Bun")
  let written = ""
  const pty = bun.spawn(command, {
    cwd,
    env: { ...env, PWD: cwd, TERM: "xterm-256color", COLORTERM: "truecolor" },
    terminal: {
      cols: 120,
      rows: 40,
      data: (_terminal, bytes) => {
        written += Buffer.from(bytes).toString("utf8")
      },
    },
  })
  return {
    shows: async (what, withinMs) => {
      const endMs = performance.now() + withinMs
      while (!what.test(shownText(written))) {
        if (performance.now() > endMs)
          throw new Error(
            `The terminal did not show ${what} within ${withinMs} ms:\n${shownText(written).slice(-1500)}`,
          )
        await sleep(100)
      }
    },
    send: async (line) => {
      pty.terminal.write(`\u001b[200~${line}\u001b[201~`)
      await sleep(SETTLE_MS)
      pty.terminal.write("\r")
    },
    stop: async () => {
      pty.kill()
      await pty.exited
    },
  }
}

/** What was written, without colours; a jump of the cursor begins a new line. */
function shownText(written: string): string {
  return written
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, (code) => (/[Hf]$/.test(code) ? "\n" : ""))
    .replace(/\u001b[\]P_][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, "")
}
