import { describe, expect, test } from "vitest"
import { builtinRules, passDetectors, ruleLabel } from "../../../../src/secrets/index.ts"

const detectors = [...builtinRules, ...passDetectors]

/** Labels of the detectors that the redactor's audit lines name. */
const SEED_LABELS =
  `PrivateKeyDetector ArtifactoryDetector AWSKeyDetector AzureStorageKeyDetector CloudantDetector
  BasicAuthDetector DiscordBotTokenDetector GitHubTokenDetector GitLabTokenDetector MailchimpDetector NpmDetector
  OpenAIDetector PypiTokenDetector SendGridDetector SlackDetector SquareOAuthDetector StripeDetector
  TelegramBotTokenDetector TwilioKeyDetector IbmCloudIamDetector IbmCosHmacDetector SoftlayerDetector MailDetector
  KeywordDetector JwtTokenDetector HexHighEntropyString Base64HighEntropyString`.split(/\s+/)

describe("the rule list", () => {
  test("has an id of its own for every detector", () => {
    const ids = detectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  test("names who issues it for every rule, each vendor in one spelling", () => {
    expect(builtinRules.filter(({ vendor }) => (vendor ?? "").trim() === "").map(({ id }) => id)).toEqual([])
    const spellings = [...new Set(builtinRules.map(({ vendor }) => vendor ?? ""))]
    const plain = spellings.map((vendor) => vendor.toLowerCase().replace(/[^a-z0-9]/g, ""))
    expect(spellings.filter((_, index) => plain.indexOf(plain[index] ?? "") !== index)).toEqual([])
  })

  test("knows more than 850 kinds of credentials of more than 600 vendors", () => {
    expect(builtinRules.length).toBeGreaterThan(850)
    expect(new Set(builtinRules.map(({ vendor }) => vendor)).size).toBeGreaterThan(600)
  })

  test("names a source for every detector", () => {
    expect(detectors.filter(({ source }) => !source.startsWith("https://")).map(({ id }) => id)).toEqual([])
  })

  test("holds every detector of the redactor it replaces, under its label", () => {
    const labels = new Set(detectors.map(({ id }) => ruleLabel(id)))
    expect(SEED_LABELS.filter((label) => !labels.has(label))).toEqual([])
  })

  test("has only lower-case ASCII keywords of two characters or more", () => {
    const keywords = builtinRules.flatMap(({ keywords }) => keywords)
    expect(keywords.filter((keyword) => !/^[\x20-\x40\x5b-\x7e]{2,}$/.test(keyword))).toEqual([])
  })
})
