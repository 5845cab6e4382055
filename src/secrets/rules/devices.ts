import type { Rule } from "../rule.ts"

/** Devices and the platforms they report to. */
export const devicesRules: readonly Rule[] = [
  {
    id: "ubidots-token",
    vendor: "Ubidots",
    title: "Ubidots token",
    source: "https://docs.ubidots.com/v1.6/reference/authentication",
    keywords: ["bbff-"],
    pattern: /BBFF-[A-Za-z0-9]{30,40}(?![A-Za-z0-9])/,
  },
  {
    id: "adafruit-key",
    vendor: "Adafruit",
    title: "Adafruit IO key beside its name",
    source:
      "https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/adafruitio.yml",
    keywords: ["adafruit"],
    pattern: /[A-Za-z0-9_-]{32}(?![A-Za-z0-9_+/-])/,
    beside: true,
    validate: "random",
  },
  {
    id: "adafruit-io-key",
    vendor: "Adafruit",
    title: "Adafruit IO key with prefix",
    source:
      "https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/adafruitio.yml",
    keywords: ["aio_"],
    pattern: /aio_[A-Za-z0-9]{28}(?![A-Za-z0-9])/,
  },
  {
    id: "blynk-token",
    vendor: "Blynk",
    title: "Blynk device token in an address",
    source:
      "https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/blynk.yml",
    keywords: ["blynk.cloud/external/api/"],
    pattern: /blynk\.cloud\/external\/api\/[A-Za-z0-9/]{0,40}\?token=([A-Za-z0-9_-]{32})(?![A-Za-z0-9_-])/,
    secretGroup: 1,
    glued: true,
  },
  {
    id: "blynk-client-secret",
    vendor: "Blynk",
    title: "Blynk OAuth client secret",
    source:
      "https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/blynk.yml",
    keywords: ["oa2-client-id_"],
    pattern: /oa2-client-id_[A-Za-z0-9_-]{32}(?::|&client_secret=)([A-Za-z0-9_-]{40})(?![A-Za-z0-9_-])/,
    secretGroup: 1,
  },
  {
    id: "thingsboard-token",
    vendor: "ThingsBoard",
    title: "ThingsBoard device access token",
    source:
      "https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/thingsboard.yml",
    keywords: ["thingsboard.cloud/api/"],
    pattern: /thingsboard\.cloud\/api\/v1\/([A-Za-z0-9]{20})(?![A-Za-z0-9])/,
    secretGroup: 1,
    glued: true,
    validate: "digit",
  },
  {
    id: "thingsboard-provision-key",
    vendor: "ThingsBoard",
    title: "ThingsBoard provision key or secret beside its name",
    source:
      "https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/thingsboard.yml",
    keywords: ["provisiondevicekey", "provisiondevicesecret"],
    pattern: /[a-z0-9]{20}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
  {
    id: "particle-token",
    vendor: "Particle",
    title: "Particle access token beside its name",
    source:
      "https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/particle.io.yml",
    keywords: ["particle_", "particle.io"],
    pattern: /[a-f0-9]{40}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
]
