import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import type { TextVisitor } from "./dialect.ts"
import { freeForm, mapArray, mapValues, type Rule } from "./rule.ts"

/** Keywords whose value is one schema or a list of schemas. */
const SUBSCHEMA = new Set([
  ..."items prefixItems additionalItems unevaluatedItems contains additionalProperties".split(" "),
  ..."unevaluatedProperties propertyNames anyOf oneOf allOf not if then else contentSchema".split(" "),
])
/** Keywords whose value maps names to schemas; the names are structure. */
const NAMED_SUBSCHEMAS = new Set("properties patternProperties $defs definitions dependentSchemas".split(" "))
/** Keywords that a validator or a model reads as structure. */
const STRUCTURE = new Set([
  ..."type format pattern required $ref $id $schema $anchor $dynamicRef $dynamicAnchor $vocabulary".split(
    " ",
  ),
  ..."nullable propertyOrdering dependentRequired contentEncoding contentMediaType discriminator".split(" "),
])

/**
 * A JSON Schema (2020-12, or the OpenAPI subset of Gemini): visits descriptions, titles, comments, and the
 * strings of `default`, `examples`, `const` and `enum`; leaves keywords, property names, references, patterns,
 * formats and types alone. Keywords that no specification knows are walked as free-form JSON.
 */
export const schema: Rule = (value, visit) => mapSchema(value, visit, undefined)

function mapSchema(value: JsonValue, visit: TextVisitor, property: string | undefined): JsonValue {
  if (typeof value === "string") return visit(value, {})
  if (isJsonArray(value)) return mapArray(value, (item) => mapSchema(item, visit, property))
  if (!isJsonObject(value)) return value
  return mapValues(value, (item, keyword) => mapKeyword(keyword, item, visit, property))
}

function mapKeyword(
  keyword: string,
  value: JsonValue,
  visit: TextVisitor,
  property: string | undefined,
): JsonValue {
  if (STRUCTURE.has(keyword)) return value
  if (SUBSCHEMA.has(keyword)) return mapSchema(value, visit, property)
  if (NAMED_SUBSCHEMAS.has(keyword) && isJsonObject(value)) return mapNamed(value, visit)
  // A default stands where a real value would, so it has the property's name; an enum lists keywords.
  if (keyword === "default" || keyword === "examples" || keyword === "example") {
    return freeForm(value, visit, property)
  }
  return freeForm(value, visit)
}

function mapNamed(schemas: JsonObject, visit: TextVisitor): JsonObject {
  return mapValues(schemas, (item, name) => mapSchema(item, visit, name))
}
