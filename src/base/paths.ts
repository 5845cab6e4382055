import { homedir, tmpdir } from "node:os"
import { isAbsolute, join } from "node:path"

/** Environment as `process.env` has it. */
export type Env = Readonly<Record<string, string | undefined>>

/** Where Airlock keeps things. Every path is absolute; nothing is created by computing it. */
export interface AirlockPaths {
  /** `$XDG_CONFIG_HOME/opencode`, where OpenCode's own configuration lives. */
  readonly opencodeConfig: string
  /** `$XDG_DATA_HOME/opencode`, where OpenCode keeps its logins. */
  readonly opencodeData: string
  /** `$XDG_DATA_HOME/opencode-airlock`: the install key. */
  readonly data: string
  /** `$XDG_STATE_HOME/opencode-airlock`: heartbeats. */
  readonly state: string
  /** `<tmp>/opencode-interceptor`: captures. */
  readonly captures: string
}

/** XDG base directories with their defaults (XDG Base Directory Specification 0.8: relative values are ignored). */
export function airlockPaths(env: Env = process.env, home: string = env.HOME || homedir()): AirlockPaths {
  const xdg = (name: string, fallback: string): string => {
    const value = env[name]
    return value !== undefined && isAbsolute(value) ? value : join(home, fallback)
  }
  return {
    opencodeConfig: join(xdg("XDG_CONFIG_HOME", ".config"), "opencode"),
    opencodeData: join(xdg("XDG_DATA_HOME", ".local/share"), "opencode"),
    data: join(xdg("XDG_DATA_HOME", ".local/share"), "opencode-airlock"),
    state: join(xdg("XDG_STATE_HOME", ".local/state"), "opencode-airlock"),
    captures: join(tmpdir(), "opencode-interceptor"),
  }
}
