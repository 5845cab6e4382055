import { describe, expect, test } from "vitest"
import { builtinRules, createScanner, passDetectors } from "../../../../src/secrets/index.ts"
import {
  ALNUM,
  DIGITS,
  HEX,
  LETTERS,
  LOWER_ALNUM,
  UPPER_HEX,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"

const scanner = createScanner({ disable: passDetectors.map(({ id }) => id) })
const whole = createScanner()

/** A name that says itself that its value is a credential. */
const SAYS_CREDENTIAL = /key|token|secret|auth|pass|cred|pwd|pat\b|login|access|(?:^|_)sk$/

const names = [
  ...new Set(builtinRules.filter(({ beside }) => beside).flatMap(({ keywords }) => keywords)),
].filter((name) => /^[\w .-]+$/.test(name) && !SAYS_CREDENTIAL.test(name))

/** Who issues secrets, as a program would name them. */
const vendors = [
  ...new Set(builtinRules.map(({ vendor }) => (vendor ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-"))),
].filter((name) => !SAYS_CREDENTIAL.test(name) && !name.endsWith("api"))

const sha1 = fakeToken(HEX, 40, 3)
const sha256 = fakeToken(HEX, 64, 4)
const md5 = fakeToken(HEX, 32, 5)
const uuid = fakeUuid()

/** Ids, digests and names that stand beside the name of a vendor and are no secrets. */
const CONTEXTS: readonly (readonly [kind: string, text: (name: string) => string])[] = [
  ["commit", (name) => `${name} commit ${sha1}`],
  ["commit without a word", (name) => `deployed to ${name} ${sha1} just now`],
  ["commit in parentheses", (name) => `Fix token refresh of ${name} (${sha1})`],
  ["commit behind a sentence", (name) => `Rotated the ${name} secret in ${sha1}`],
  ["commit of a branch", (name) => `Merge branch '${name}' into main, ${sha1}`],
  ["commit of a log", (name) => `${sha1} Add ${name} client\n${sha1} Rename it`],
  ["commit behind a subject", (name) => `Rotate ${name} token \n${sha1} Next`],
  ["revision", (name) => `[${name}] rev=${sha1} status=ok`],
  ["release", (name) => `${name} release ${sha1} is out`],
  ["action", (name) => `uses: ${name}/repo@${sha1}`],
  ["submodule", (name) => ` ${sha1} vendor/${name} (heads/main)`],
  ["build", (name) => `${name} build ${uuid}`],
  ["build in upper case", (name) => `${name} build ${uuid.toUpperCase()}`],
  ["digest", (name) => `${name}: sha256:${sha256}`],
  ["image", (name) => `docker pull ${name}/app@sha256:${sha256}`],
  ["checksum list", (name) => `${md5}  ${name}.tar.gz\n${md5}  other.tar.gz`],
  ["quoted id", (name) => `"${name}-id": "${uuid}"`],
  ["id of a key", (name) => `${name}_key_id = "${uuid}"`],
  ["id in camel case", (name) => `{ ${name}TokenId: "${md5}" }`],
  ["application id", (name) => `{"${name}AppId": "${fakeToken(HEX, 24)}"}`],
  ["plain assignment", (name) => `${name}=${md5}`],
  ["plain property", (name) => `${name}: ${uuid}`],
  ["upper-case hex", (name) => `${name} fingerprint ${fakeToken(UPPER_HEX, 40)}`],
  ["trace", (name) => `${name} trace id ${md5}`],
  ["trace in pairs", (name) => `${name} trace_id=${md5} span_id=${fakeToken(HEX, 16)}`],
  ["request", (name) => `${name} request ${uuid} failed`],
  ["session", (name) => `${name} session ${uuid} closed`],
  ["tenant", (name) => `${name} tenant: ${uuid}`],
  ["account", (name) => `${name} account ${fakeToken(DIGITS, 12)}`],
  ["order", (name) => `${name} order ${fakeToken(DIGITS, 10)}`],
  ["entity tag", (name) => `${name} etag: "${md5}"`],
  ["project", (name) => `${name} project ${fakeToken(LOWER_ALNUM, 20)}`],
  ["page", (name) => `https://www.${name}.com/docs/${md5}`],
  ["further pair", (name) => `${name}_key: null, revision: "${sha1}"`],
  ["further name", (name) => `${name}_key: null, parent: "${sha1}"`],
  ["next line", (name) => `${name} = load()\nlast = "${sha1}"`],
  ["next line of an environment", (name) => `${name}_key=\nGIT_SHA=${sha1}`],
  ["long word", (name) => `${name}: internationalization-of-user-interfaces2`],
]

describe("a vendor's name beside what is no secret", () => {
  test("is tested for the keywords of hundreds of rules", () => {
    expect(names.length).toBeGreaterThan(500)
    expect(vendors.length).toBeGreaterThan(500)
  })

  test.each(CONTEXTS)("makes no secret of it for any rule: %s", (_, text) => {
    expect(names.map(text).filter((line) => scanner.scan(line).length > 0)).toEqual([])
  })

  test.each(CONTEXTS)("makes no secret of it for the whole scanner: %s", (_, text) => {
    expect(vendors.map(text).filter((line) => whole.scan(line).length > 0)).toEqual([])
  })
})

/** Every way of saying that a value is a key, for values that could be ids. */
const SAID: readonly (readonly [kind: string, text: (value: string) => string])[] = [
  ["the name of a variable", (value) => `DEEPGRAM_API_KEY=${value}`],
  ["the name of a property", (value) => `{ deepgramKey: "${value}" }`],
  ["a typed declaration", (value) => `const deepgramToken: string = "${value}"`],
  ["a word before the name", (value) => `API key for Deepgram: ${value}`],
  ["a word between", (value) => `the deepgram secret is ${value}`],
  ["a call", (value) => `deepgram.setApiKey("${value}")`],
  ["the next line", (value) => `deepgram_key:\n  "${value}"`],
  ["a name in odd capitals", (value) => `deepgram accessKEy ${value}`],
  ["a numbered name", (value) => `DEEPGRAM_TOKEN_2: ${value}`],
]

describe("a vendor's name beside a key that looks like an id", () => {
  const deepgram = createScanner({
    rules: builtinRules.filter(({ id }) => id === "deepgram-key"),
    disable: passDetectors.map(({ id }) => id),
  })

  test.each(SAID)("is told by %s", (_, text) => {
    const found = deepgram.scan(text(sha1)).map(({ start, end }) => text(sha1).slice(start, end))
    expect(found).toEqual([sha1])
  })

  test("needs no word where the value is no id", () => {
    const rules = builtinRules.filter(({ id }) => id === "cohere-key")
    const cohere = createScanner({ rules, disable: passDetectors.map(({ id }) => id) })
    expect(cohere.scan(`cohere ${fakeToken(ALNUM, 40)}`)).toHaveLength(1)
    expect(cohere.scan(`cohere ${fakeToken(HEX, 40)}`)).toEqual([])
  })

  test("ends at the statement: a long name on the next line is no value", () => {
    const rules = builtinRules.filter(({ id }) => id.startsWith("sumo"))
    const sumo = createScanner({ rules, disable: passDetectors.map(({ id }) => id) })
    const next = `sumOfExposures${fakeToken(LETTERS, 50)}`
    expect(rules.length).toBeGreaterThan(0)
    expect(sumo.scan(`id = env.SUMO_ACCESS_KEY\n${next} = 0`)).toEqual([])
    expect(sumo.scan(`sumologic_key =\n  "${fakeToken(ALNUM, 64)}"`)).toHaveLength(1)
  })
})
