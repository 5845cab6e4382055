import { readFile, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { isJsonObject, parseJson } from "../base/json.ts"
import { upwards } from "./opencode-locations.ts"
import type { PluginDeclaration } from "./opencode-plugins.ts"

export const PACKAGE_NAME = "opencode-airlock"

/** What OpenCode 1.18 looks for, in this order, in a plugin directory without an entry in package.json. */
export const INDEX_FILES: readonly string[] = ["index.ts", "index.tsx", "index.js", "index.mjs", "index.cjs"]

const MAX_BUNDLE_BYTES = 4 * 1024 * 1024
const PARENTS_SEARCHED = 4

/**
 * Whether a declaration means Airlock: the npm name, a path into a package of that name, or a file (a bundle or a
 * re-export, also as index of a directory) that names it.
 */
export async function isAirlock({ spec, target }: PluginDeclaration): Promise<boolean> {
  if (target === undefined) return /(?:^|[/:@])opencode-airlock(?=$|[@#./])/.test(spec)
  if (await belongsToPackage(target)) return true
  if (basename(target).includes(PACKAGE_NAME)) return true
  return await mentionsPackage(target)
}

async function belongsToPackage(target: string): Promise<boolean> {
  for (const dir of upwards(target, "/").slice(0, PARENTS_SEARCHED)) {
    const text = await readFile(join(dir, "package.json"), "utf8").catch(() => undefined)
    if (text === undefined) continue
    const manifest = parseJson(text)
    return isJsonObject(manifest) && manifest.name === PACKAGE_NAME
  }
  return false
}

async function mentionsPackage(target: string): Promise<boolean> {
  for (const path of [target, ...INDEX_FILES.map((name) => join(target, name))]) {
    if (await fileMentionsPackage(path)) return true
  }
  return false
}

async function fileMentionsPackage(path: string): Promise<boolean> {
  try {
    const stats = await stat(path)
    if (!stats.isFile() || stats.size > MAX_BUNDLE_BYTES) return false
    return (await readFile(path, "utf8")).includes(PACKAGE_NAME)
  } catch {
    return false
  }
}
