import { type V1Module, v1Module } from "../host/v1.ts"

/** Masking alone, as one file to copy into `.opencode/plugins/`. */
const plugin: V1Module = v1Module("airlock-redactor", import.meta.url, { redact: true, intercept: false })

export default plugin
