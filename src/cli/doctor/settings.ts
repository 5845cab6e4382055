import { errorMessage } from "../../base/errors.ts"
import type { ProjectPlace } from "../../config/opencode-locations.ts"
import type { PluginDeclaration } from "../../config/opencode-plugins.ts"
import type { ResolvedConfig } from "../../config/resolve.ts"
import { effectiveConfig } from "../effective-config.ts"
import type { Check } from "./check.ts"
import { switchesOf } from "./processes.ts"

/** Whether Airlock's own configuration is valid and leaves masking on. */
export async function checkSettings(
  place: ProjectPlace,
  declarations: readonly PluginDeclaration[],
): Promise<readonly Check[]> {
  try {
    return judge(await effectiveConfig(place, declarations))
  } catch (error) {
    return [
      {
        id: "airlock-config",
        status: "fail",
        message: `${errorMessage(error)} Until it is corrected, Airlock refuses to send anything.`,
        fix: "Correct it; `airlock config` checks it again.",
      },
    ]
  }
}

function judge({ config, sources, notices }: ResolvedConfig): readonly Check[] {
  const ignored = notices.map(({ message }): Check => ({ id: "airlock-config", status: "warn", message }))
  const setBy = (key: string): string => sources.findLast(({ keys }) => keys.includes(key))?.name ?? "default"
  if (!config.redact.enabled) {
    const message = `Masking is switched off by ${setBy("redact.enabled")}.`
    return [{ id: "airlock-config", status: "fail", message, fix: 'Set "redact": true.' }, ...ignored]
  }
  if (config.allowUnseenTransport) {
    const message = `${setBy("allowUnseenTransport")} lets turns pass over transports where nothing is masked.`
    return [
      { id: "airlock-config", status: "warn", message, fix: 'Set "allowUnseenTransport": false.' },
      ...ignored,
    ]
  }
  return [
    { id: "airlock-config", status: "ok", message: "The configuration is valid; masking is on." },
    ...ignored,
  ]
}

/** Whether an OpenCode started from this shell would be able to load Airlock and to be seen by it. */
export function checkShell(place: ProjectPlace): readonly Check[] {
  const { pure, nativeRuntime, websockets } = switchesOf(place.env)
  const found: Check[] = []
  const add = (status: Check["status"], name: string, effect: string): void => {
    const message = `${name} is set in this shell: an OpenCode started here ${effect}.`
    found.push({ id: "environment", subject: name, status, message, fix: `Unset ${name}.` })
  }
  if (pure) add("fail", "OPENCODE_PURE", "loads no plugin, and nothing is masked")
  if (nativeRuntime) {
    add("fail", "OPENCODE_EXPERIMENTAL_NATIVE_LLM", "may send requests that Airlock cannot see")
  }
  if (websockets) {
    add(
      "warn",
      "OPENCODE_EXPERIMENTAL_WEBSOCKETS",
      "uses WebSockets for OpenAI unless Airlock tells it not to",
    )
  }
  if (found.length > 0) return found
  return [{ id: "environment", status: "ok", message: "No switch in this shell turns Airlock off." }]
}
