import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { temporaryDirectory } from "../temp-dir.ts"

/** The OpenCode version of our dev dependency; named in the lock file that makes its background install a no-op. */
const OPENCODE_VERSION = "1.18.33"

/** A home that holds nothing of the person who runs the tests. */
export interface IsolatedHome {
  readonly path: string
  /** `$XDG_CONFIG_HOME/opencode` */
  readonly config: string
  /** `$TMPDIR` */
  readonly tmp: string
  readonly env: Readonly<Record<string, string>>
  /** A project directory (a git repository unless `git: false`) with the given files. */
  project(
    name: string,
    files?: Readonly<Record<string, string>>,
    options?: { git?: boolean },
  ): Promise<string>
  /** Writes `opencode.json` into the global config directory. */
  configure(config: object): Promise<void>
  /** OpenCode's own log, at most its last 64 Ki characters. */
  log(): Promise<string>
  remove(): Promise<void>
}

/** Creates an isolated home. `extraEnv` is added last. */
export async function createHome(extraEnv: Readonly<Record<string, string>> = {}): Promise<IsolatedHome> {
  const directory = await temporaryDirectory("home")
  const under = (...names: string[]): string => join(directory.path, ...names)
  const config = under(".config", "opencode")
  const tmp = under("tmp")
  await mkdir(tmp, { recursive: true })
  await skipBackgroundInstall(config)
  await writeFile(under("models.json"), "{}")
  await provideRipgrep(under("bin"))
  return {
    path: directory.path,
    config,
    tmp,
    env: { ...environment(directory.path, tmp), ...extraEnv },
    project: async (name, files = {}, { git = true } = {}) => {
      const project = under("projects", name)
      await mkdir(git ? join(project, ".git", "refs", "heads") : project, { recursive: true })
      if (git) await writeEmptyRepository(join(project, ".git"))
      for (const [file, text] of Object.entries(files)) await writeFileDeep(join(project, file), text)
      const hasConfigDirectory = Object.keys(files).some((file) => file.startsWith(".opencode/"))
      if (hasConfigDirectory) await skipBackgroundInstall(join(project, ".opencode"))
      return project
    },
    configure: (value) => writeFileDeep(join(config, "opencode.json"), JSON.stringify(value, null, 2)),
    log: async () => {
      const text = await readFile(under(".local", "share", "opencode", "log", "opencode.log"), "utf8").catch(
        () => "",
      )
      return text.slice(-64 * 1024)
    },
    remove: () => directory.remove(),
  }
}

/**
 * OpenCode runs an npm install of `@opencode-ai/plugin` in each config directory, and loading plugins waits for it.
 * It is skipped where `node_modules` exists and the lock file names the package (1.18.33, `Npm.install`).
 */
export async function skipBackgroundInstall(configDirectory: string): Promise<void> {
  const dependencies = { "@opencode-ai/plugin": OPENCODE_VERSION }
  await mkdir(join(configDirectory, "node_modules"), { recursive: true })
  await writeFile(join(configDirectory, "package.json"), JSON.stringify({ dependencies }))
  await writeFile(
    join(configDirectory, "package-lock.json"),
    JSON.stringify({ lockfileVersion: 3, packages: { "": { dependencies } } }),
  )
}

/** Puts a stand-in for `rg` into the home's own `bin` (always, so that every machine runs the same thing). */
async function provideRipgrep(bin: string): Promise<void> {
  const script = fileURLToPath(new URL("ripgrep-stand-in.ts", import.meta.url))
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, "rg"), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, {
    mode: 0o755,
  })
}

function environment(home: string, tmp: string): Record<string, string> {
  return {
    PATH: [join(home, "bin"), process.env.PATH ?? "/usr/bin:/bin"].join(":"),
    HOME: home,
    OPENCODE_TEST_HOME: home,
    LANG: "C.UTF-8",
    SHELL: "/bin/sh",
    TMPDIR: tmp,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_DATA_HOME: join(home, ".local", "share"),
    XDG_STATE_HOME: join(home, ".local", "state"),
    XDG_CACHE_HOME: join(home, ".cache"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    // The bundled catalogue costs half a second per project directory; the configuration names every model used.
    OPENCODE_MODELS_PATH: join(home, "models.json"),
    OPENCODE_DISABLE_LSP_DOWNLOAD: "1",
    OPENCODE_DISABLE_SHARE: "1",
    OPENCODE_DISABLE_EXTERNAL_SKILLS: "1",
    OPENCODE_DISABLE_CLAUDE_CODE: "1",
  }
}

/** A repository without a commit, as `git init` leaves it, without starting git once per project. */
async function writeEmptyRepository(path: string): Promise<void> {
  await mkdir(join(path, "objects"), { recursive: true })
  await writeFile(join(path, "HEAD"), "ref: refs/heads/main\n")
  await writeFile(join(path, "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = false\n")
}

async function writeFileDeep(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
