/** What may follow a model's name without making it another model: dates, revisions, aliases, previews, Bedrock versions. */
const REVISION =
  /^(?:[-@]\d{4}-?\d{2}-?\d{2}|[-@](?:latest|preview|\d{3})|-\d{2}-\d{2,4}|-v\d{1,2}(?::\d{1,2})?)*$/
/** `us.anthropic.claude-…`, `anthropic.claude-…` of Bedrock. */
const BEDROCK_PREFIX = /^(?:[a-z]{2,7}(?:-[a-z]{2,4})?\.)?(?:anthropic|amazon|openai)\./

/** A model name without gateway path, region and vendor: `claude-opus-4-5` for `openrouter/anthropic/claude-opus-4.5`. */
export function bareModelName(model: string): string {
  const last = model.trim().toLowerCase().split("/").at(-1) ?? ""
  const bare = last.replace(BEDROCK_PREFIX, "")
  // Gateways write Anthropic's versions with a dot.
  return bare.startsWith("claude-") ? bare.replace(/(\d)\.(\d)/g, "$1-$2") : bare
}

/** Whether `model` is `name` or a dated, aliased or regional form of it; `gpt-5-mini` is no form of `gpt-5`. */
function isFormOf(model: string, name: string): boolean {
  const bare = bareModelName(model)
  return bare.startsWith(name) && REVISION.test(bare.slice(name.length))
}

/** The item with the longest name that `model` is a form of. */
export function longestMatch<T extends { readonly model: string }>(
  model: string,
  items: readonly T[],
): T | undefined {
  const matches = items.filter((item) => isFormOf(model, item.model))
  return matches.reduce<T | undefined>(
    (best, item) => (best === undefined || item.model.length > best.model.length ? item : best),
    undefined,
  )
}

/** Whether two names are the same model: equal, or one is a dated or regional form of the other. */
export function isSameModel(one: string, other: string): boolean {
  if (one === other) return true
  return isFormOf(one, bareModelName(other)) || isFormOf(other, bareModelName(one))
}
