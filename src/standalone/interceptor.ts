import { type V1Module, v1Module } from "../host/v1.ts"

/** Capturing alone, as one file to copy into `.opencode/plugins/`. */
const plugin: V1Module = v1Module("airlock-interceptor", import.meta.url, { redact: false, intercept: true })

export default plugin
