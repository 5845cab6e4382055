import { execFileSync } from "node:child_process"
import { mkdir, readdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))

/**
 * Packs this package as npm would publish it (from the present `dist/`) and unpacks it below
 * `<directory>/node_modules`, beside links to its runtime dependencies.
 *
 * @returns the unpacked package's directory
 */
export async function installPacked(directory: string, dependencies: readonly string[]): Promise<string> {
  const modules = join(directory, "node_modules")
  const target = join(modules, "opencode-airlock")
  await mkdir(target, { recursive: true })
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", directory], {
    cwd: ROOT,
  })
  const tarball = (await readdir(directory)).find((name) => name.endsWith(".tgz"))
  if (tarball === undefined) throw new Error("npm pack wrote no tarball")
  execFileSync("tar", ["-xzf", join(directory, tarball), "-C", target, "--strip-components=1"])
  for (const name of dependencies) await symlink(join(ROOT, "node_modules", name), join(modules, name))
  return target
}
