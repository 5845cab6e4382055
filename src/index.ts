/** Library surface: detection, masking and capture as they stand inside the plugin. */
export * from "./intercept/index.ts"
export * from "./redact/index.ts"
export * from "./secrets/index.ts"
