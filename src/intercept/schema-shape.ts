import { isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import { words } from "./secret-key.ts"

/** Schema keywords whose value maps names to schemas: what is called `password` there describes a password. */
export const SCHEMA_MAPS: ReadonlySet<string> = words(`
  properties patternProperties $defs definitions dependentSchemas schemas
`)

/** Schema keywords whose value is a schema or holds schemas. */
export const SCHEMA_BRANCHES: ReadonlySet<string> = words(`
  properties items anyOf oneOf allOf not additionalProperties prefixItems patternProperties $defs
  definitions dependentSchemas
`)

/** Schema keywords whose text describes; anything else (`default`, `examples`, `const`) could be a value. */
export const SCHEMA_TEXTS: ReadonlySet<string> = words(`
  type $ref $schema $id $comment title description format pattern required nullable deprecated
  readOnly writeOnly contentEncoding contentMediaType
`)

const SCHEMA_MARKS: ReadonlySet<string> = words(`
  type $ref anyOf oneOf allOf enum const description properties items
`)

/** Whether `value` looks like a JSON Schema: then a property named `password` describes one and holds none. */
export function isSchema(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false
  const names = Object.keys(value)
  return names.some((name) => SCHEMA_MARKS.has(name)) || names.every((name) => mayStandAlone(name))
}

// Of a value of any type, generators write no more than a title and a default.
function mayStandAlone(name: string): boolean {
  return SCHEMA_TEXTS.has(name) || name === "default"
}
