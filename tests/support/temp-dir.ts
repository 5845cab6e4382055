import { mkdtemp, realpath, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface TemporaryDirectory {
  readonly path: string
  remove(): Promise<void>
}

/** A fresh private directory (links resolved, as OpenCode resolves them), and how to remove it. */
export async function temporaryDirectory(name: string): Promise<TemporaryDirectory> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `airlock-${name}-`)))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }) }
}
