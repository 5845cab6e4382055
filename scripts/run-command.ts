import { spawn } from "node:child_process"
import { join } from "node:path"

/** Root of this checkout. */
export const ROOT: string = join(import.meta.dirname, "..")

export interface CommandResult {
  readonly exitCode: number
  /** stdout and stderr. */
  readonly output: string
}

/**
 * Runs a command in the project's root, with its dev dependencies on PATH, and shows its output as it comes.
 *
 * @param extraEnv variables beside those of this process.
 */
export function runCommand(
  [command = "", ...args]: readonly string[],
  extraEnv: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const path = `${join(ROOT, "node_modules", ".bin")}:${process.env.PATH ?? ""}`
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...extraEnv, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  const show = (target: NodeJS.WriteStream) => (chunk: Buffer) => {
    target.write(chunk)
    output += chunk.toString("utf8")
  }
  child.stdout.on("data", show(process.stdout))
  child.stderr.on("data", show(process.stderr))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }))
  })
}
