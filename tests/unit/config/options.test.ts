import { describe, expect, test } from "vitest"
import { parseLayer } from "../../../src/config/layer.ts"
import { configJsonSchema, optionLeaves, optionTree } from "../../../src/config/options.ts"
import { PII_KINDS } from "../../../src/secrets/index.ts"

describe("options", () => {
  test("every option and section has a title, a description and a default that the schema accepts", () => {
    for (const node of optionTree()) expect(node.description.length).toBeGreaterThan(10)
    for (const leaf of optionLeaves()) {
      expect(leaf.title.length, leaf.key).toBeGreaterThan(3)
      expect(leaf.description.length, leaf.key).toBeGreaterThan(10)
      const nested = leaf.path
        .toReversed()
        .reduce<unknown>((value, name) => ({ [name]: value }), leaf.defaultValue)
      expect(parseLayer(nested, { name: "defaults" }).get(leaf.key), leaf.key).toEqual(leaf.defaultValue)
    }
  })

  test("lists every option that this release has", () => {
    expect(optionLeaves().map(({ key }) => key)).toEqual([
      "redact.enabled",
      "redact.pii",
      "redact.disableRules",
      "redact.rules",
      "redact.allow",
      "redact.maskLocal",
      "redact.audit.enabled",
      "redact.audit.path",
      "redact.audit.maxBytes",
      "intercept.enabled",
      "intercept.retentionHours",
      "intercept.maxTotalBytes",
      "intercept.maxCaptures",
      "intercept.maxBodyBytes",
      "allowUnseenTransport",
      "auth",
    ])
  })
})

describe("JSON Schema", () => {
  test("describes types, limits, choices, shorthand and defaults, and refuses unknown keys", () => {
    expect(configJsonSchema()).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: {
        $schema: { type: "string" },
        intercept: {
          anyOf: [
            { type: "boolean" },
            {
              additionalProperties: false,
              properties: { retentionHours: { type: "integer", minimum: 1, maximum: 8760, default: 24 } },
            },
          ],
        },
        redact: {
          anyOf: [
            { type: "boolean" },
            {
              properties: {
                pii: { type: "array", items: { enum: [...PII_KINDS] }, default: ["email"] },
                disableRules: { type: "array", items: { type: "string", minLength: 1 } },
                rules: {
                  type: "array",
                  maxItems: 200,
                  items: {
                    type: "object",
                    additionalProperties: false,
                    required: ["id", "pattern"],
                    properties: {
                      id: { type: "string", maxLength: 64 },
                      keywords: { type: "array", items: { type: "string" } },
                      secretGroup: { anyOf: [{ type: "string" }, { type: "integer", minimum: 0 }] },
                      minEntropy: { type: "number", minimum: 0, maximum: 8 },
                      flags: { const: "i" },
                    },
                  },
                },
                audit: { type: "object", additionalProperties: false },
              },
            },
          ],
        },
        auth: { const: false },
      },
    })
  })
})
