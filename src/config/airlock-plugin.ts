import { readFile, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { isJsonObject, parseJson } from "../base/json.ts"
import { upwards } from "./opencode-locations.ts"
import type { PluginDeclaration } from "./opencode-plugins.ts"

export const PACKAGE_NAME = "opencode-airlock"

const MAX_BUNDLE_BYTES = 4 * 1024 * 1024
const PARENTS_SEARCHED = 4

/**
 * Whether a declaration means Airlock: the npm name, a path into a package of that name, or a single file (a bundle
 * or a re-export) that names it.
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
  try {
    const stats = await stat(target)
    if (!stats.isFile() || stats.size > MAX_BUNDLE_BYTES) return false
    return (await readFile(target, "utf8")).includes(PACKAGE_NAME)
  } catch {
    return false
  }
}
