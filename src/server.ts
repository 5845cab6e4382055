import { type V1Module, v1Module } from "./host/v1.ts"

/**
 * Entry point for OpenCode: one default export and nothing else, because OpenCode 1.x calls every other exported
 * function as a plugin. Importing it does nothing.
 */
const plugin: V1Module = v1Module("airlock", import.meta.url)

export default plugin
