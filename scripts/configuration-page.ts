import { isJsonArray, type JsonObject, type JsonValue } from "../src/base/json.ts"
import { ENV_OPTIONS } from "../src/config/env.ts"
import { type OptionLeaf, optionLeaves } from "../src/config/options.ts"
import type { StrictSide } from "../src/config/schema.ts"
import { KEYWORD_REACH } from "../src/secrets/custom/custom-rule.ts"

const PROJECT_MAY: Readonly<Record<StrictSide, string>> = {
  true: "switch on",
  false: "switch off",
  superset: "add to",
  subset: "remove from",
  "at-most": "lower",
  add: "add to",
  person: "not set",
}

/** The reference page of the configuration, in Markdown, made from the schema alone. */
export function configReference(): string {
  const leaves = optionLeaves()
  return [
    INTRODUCTION,
    "## Options\n",
    "| option | type | default | what it does | a project may |",
    "|---|---|---|---|---|",
    ...leaves.map(
      (leaf) =>
        `| \`${leaf.key}\` | ${typeText(leaf)} | \`${JSON.stringify(leaf.defaultValue)}\` | ${leaf.description} | ${projectMay(leaf)} |`,
    ),
    "",
    SHORTHAND,
    OWN_RULES,
    ALLOW,
    "## Environment variables\n",
    "They override the option, wherever it was set. An empty variable counts as unset.\n",
    "| variable | option | value |",
    "|---|---|---|",
    ...ENV_OPTIONS.map(({ variable, key, meaning }) => `| \`${variable}\` | \`${key}\` | ${meaning} |`),
    "",
    SAFETY,
  ].join("\n")
}

function projectMay(leaf: OptionLeaf): string {
  return "const" in leaf.type ? "–" : PROJECT_MAY[leaf.strictSide]
}

function typeText({ type }: OptionLeaf): string {
  if (type.const !== undefined) return `\`${JSON.stringify(type.const)}\``
  if (type.type === "array") return `list of ${itemText(type.items)}`
  if (type.type === "integer") return `whole number, ${text(type.minimum)} to ${text(type.maximum)}`
  return text(type.type)
}

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value)
}

function itemText(items: JsonValue | undefined): string {
  const choices = isObject(items) && isJsonArray(items.enum) ? items.enum : []
  if (choices.length > 0) return choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(", ")
  return isObject(items) && items.type === "object" ? "objects, see below" : "text"
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && !isJsonArray(value)
}

const INTRODUCTION = `<!-- Written by scripts/options-doc.ts from src/config. Do not edit. -->
# Configuration

Airlock works without any configuration. What you set is read from these places; later ones win:

1. \`~/.config/opencode/airlock.jsonc\` (under \`XDG_CONFIG_HOME\` if that is set), and the plugin options in your own
   OpenCode configuration
2. \`.opencode/airlock.jsonc\` of the project, from the root of the repository down to the directory you work in
3. the plugin options that OpenCode hands over: \`"plugin": [["opencode-airlock", { … }]]\` in \`opencode.json\`
4. environment variables

\`airlock config\` shows what is in effect and where it came from. \`airlock config --schema\` prints a JSON Schema for
your editor. A key or a rule id that does not exist, a wrong type and malformed JSONC are errors that name file, line and
key; until they are corrected, Airlock refuses to send anything.

\`\`\`jsonc
// ~/.config/opencode/airlock.jsonc
{
  "redact": { "maskLocal": true },
  "intercept": { "retentionHours": 8 },
}
\`\`\`
`

const SHORTHAND = `\`"redact": true\` and \`"redact": false\` stand for \`{ "enabled": … }\`, and so for \`intercept\`. \`audit.path\` is absolute or
starts with \`~/\`. \`redact.disableRules\` takes rule ids, not the labels that the audit log prints; \`airlock rules\` shows
both.
`

const OWN_RULES = `## Your own rules

\`\`\`jsonc
{
  "redact": {
    "rules": [
      // door codes such as 8841-7720, where the word "door" stands near
      { "id": "door-code", "title": "Code of a door", "pattern": "\\\\b[0-9]{4}-[0-9]{4}\\\\b", "keywords": ["door"] },
      { "id": "acme-token", "pattern": "acme_(?P<token>[a-z0-9]{24,64})", "secretGroup": "token", "minEntropy": 3, "flags": "i" },
    ],
  },
}
\`\`\`

| property | what it says |
|---|---|
| \`id\` | required, kebab-case: names the rule in findings and in the audit log; not one of \`airlock rules\` |
| \`pattern\` | required, in [RE2 syntax](https://github.com/google/re2/wiki/Syntax): no look-around, no back-references, repetition counts up to 1000. It must not match the empty text or fewer than 4 characters only. In JSON each backslash is written twice: \`"\\\\b"\` |
| \`title\` | what it finds, for \`airlock rules\` |
| \`keywords\` | ASCII texts in any case, one of which stands in or near every match: the match lies between ${KEYWORD_REACH.before} characters before and ${KEYWORD_REACH.after} after it. Without keywords the pattern goes over every text |
| \`secretGroup\` | name or number of the group that is the secret; the whole match by default. Fewer than 4 characters are not masked |
| \`minEntropy\` | lowest Shannon entropy of the secret, in bits per character |
| \`flags\` | \`"i"\`: letters match in either case |

The patterns run on a linear-time engine (re2js), which is loaded only where there are some. Without keywords one costs about
0.2 ms for each kilobyte of new text; with keywords next to nothing where none stands. However a pattern is written, its cost
is bounded: where it matches again and again every few characters, the text is not sent, and the error names the rule.

Rules of every place add up. A rule of a later one of your own places replaces one of the same id; a project may add rules
and not change yours. \`redact.pii\` grows in the same way: a project may add kinds. A mistake in a rule is an error like any
other in the configuration: nothing is sent until it is corrected.
`

const ALLOW = `## What is left as it is

\`\`\`jsonc
{
  "redact": {
    "allow": [
      { "rule": "keyword", "pattern": "changeme-[a-z]+" },
      { "sha256": "${"0123456789abcdef".repeat(4)}" },
    ],
  },
}
\`\`\`

Each entry leaves values as they are for which all that it says holds: \`rule\` is the id of the rule that finds them, built-in
or your own (any by default), \`pattern\` matches the whole value (RE2 syntax, as above), \`sha256\` is the hash of one value, for
example from \`printf %s "$VALUE" | sha256sum\`. Only your own configuration has one: a project's is ignored.
`

const SAFETY = `## A project may tighten, never loosen

A cloned repository must not be able to switch masking off. So a value in the project's \`airlock.jsonc\` that allows more
than your own configuration does is ignored, with a notice in OpenCode's log and in \`airlock config\`. The last column of
the table says what a project may do.

Plugin options need the same care: OpenCode merges the project's \`opencode.json\` over yours, and Airlock cannot see from
the options alone who wrote them. A loosening in them counts only if your own OpenCode configuration declares Airlock with
that same value. Your own is: \`~/.config/opencode/{config.json,opencode.json,opencode.jsonc}\`, \`~/.opencode\`, what an
administrator manages, \`OPENCODE_CONFIG_CONTENT\`, and the places that \`OPENCODE_CONFIG\` and \`OPENCODE_CONFIG_DIR\` name,
unless these lie inside the project.
`
