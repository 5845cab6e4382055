import { spawn } from "node:child_process"

/** What opens a directory in the person's file manager. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "open",
  linux: "xdg-open",
  win32: "explorer.exe",
}

/**
 * Opens a directory in the person's file manager and does not wait for it.
 *
 * @returns why it could not be opened; undefined where it was
 */
export async function openDirectory(
  path: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const opener = OPENERS[process.platform]
  if (opener === undefined) return `There is no known file manager on ${process.platform}.`
  if (process.platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return "There is no display; open the directory yourself."
  return new Promise((resolve) => {
    const child = spawn(opener, [path], { stdio: "ignore", detached: true, env })
    child.once("error", (error) => resolve(`${opener} could not be started (${errorCodeOf(error)}).`))
    child.once("spawn", () => {
      child.unref()
      resolve(undefined)
    })
  })
}

function errorCodeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name
}
