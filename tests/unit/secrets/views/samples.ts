import {
  ALNUM,
  BASE64URL,
  DIGITS,
  HEX,
  LETTERS,
  UPPER_ALNUM,
  fakeJwt,
  fakePem,
  fakeToken,
} from "../../../support/fake-token.ts"

/** One secret of a kind, alone as a program would print it, and what of it must never be seen. */
export interface Sample {
  readonly kind: string
  readonly text: string
  readonly secret: string
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

function token(kind: string, secret: string): Sample {
  return { kind, text: secret, secret }
}

/** Tokens that tell themselves by a vendor's prefix. */
export const tokenSamples: readonly Sample[] = [
  token("github", `ghp_${fakeToken(ALNUM, 36)}`),
  token("github oauth", `gho_${fakeToken(ALNUM, 36)}`),
  token("github fine-grained", `github_pat_${fakeToken(ALNUM, 22)}_${fakeToken(ALNUM, 59)}`),
  token("gitlab", `glpat-${fakeToken(BASE64URL, 20)}`),
  token("openai project", `sk-proj-${fakeToken(ALNUM, 74)}T3BlbkFJ${fakeToken(ALNUM, 74)}`),
  token("anthropic", `sk-ant-api03-${fakeToken(ALNUM, 93)}AA`),
  token("openrouter", `sk-or-v1-${fakeToken(HEX, 64)}`),
  token("groq", `gsk_${fakeToken(ALNUM, 52)}`),
  token("hugging face", `hf_${fakeToken(LETTERS, 34)}`),
  token("xai", `xai-${fakeToken(ALNUM, 80)}`),
  token("perplexity", `pplx-${fakeToken(ALNUM, 48)}`),
  token("nvidia", `nvapi-${fakeToken(ALNUM, 64)}`),
  token("replicate", `r8_${fakeToken(ALNUM, 37)}`),
  token("aws key id", `AKIA${fakeToken(BASE32, 16)}`),
  token("google", `AIza${fakeToken(ALNUM, 35)}`),
  token("google oauth", `GOCSPX-${fakeToken(ALNUM, 28)}`),
  token("slack bot", `xoxb-${fakeToken(DIGITS, 12)}-${fakeToken(DIGITS, 12)}-${fakeToken(ALNUM, 24)}`),
  token("npm", `npm_${fakeToken(ALNUM, 36)}`),
  token("pypi", `pypi-AgEIcHlwaS5vcmc${fakeToken(BASE64URL, 120)}`),
  token("docker", `dckr_pat_${fakeToken(ALNUM, 27)}`),
  token("rubygems", `rubygems_${fakeToken(HEX, 48)}`),
  token("stripe", `sk_live_${fakeToken(ALNUM, 24)}`),
  token("stripe restricted", `rk_live_${fakeToken(ALNUM, 24)}`),
  token("webhook", `whsec_${fakeToken(ALNUM, 32)}`),
  token("shopify", `shpat_${fakeToken(HEX, 32)}`),
  token("sendgrid", `SG.${fakeToken(ALNUM, 22)}.${fakeToken(ALNUM, 43)}`),
  token("brevo", `xkeysib-${fakeToken(HEX, 64)}-${fakeToken(ALNUM, 16)}`),
  token("digitalocean", `dop_v1_${fakeToken(HEX, 64)}`),
  token("linear", `lin_api_${fakeToken(ALNUM, 40)}`),
  token("new relic", `NRAK-${fakeToken(UPPER_ALNUM, 27)}`),
  token("grafana", `glsa_${fakeToken(ALNUM, 32)}_${fakeToken(HEX, 8)}`),
  token("sentry", `sntryu_${fakeToken(HEX, 64)}`),
  token("posthog", `phx_${fakeToken(ALNUM, 43)}`),
  token("vault", `hvs.${fakeToken(ALNUM, 90)}`),
  token("doppler", `dp.st.dev.${fakeToken(ALNUM, 43)}`),
  token("pulumi", `pul-${fakeToken(HEX, 40)}`),
  token("postman", `PMAK-${fakeToken(HEX, 24)}-${fakeToken(HEX, 34)}`),
  token("figma", `figd_${fakeToken(ALNUM, 40)}`),
  token("planetscale", `pscale_tkn_${fakeToken(ALNUM, 43)}`),
  token("tailscale", `tskey-auth-${fakeToken(ALNUM, 12)}-${fakeToken(ALNUM, 32)}`),
  token("buildkite", `bkua_${fakeToken(HEX, 40)}`),
  token("age", `AGE-SECRET-KEY-1${fakeToken("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)}`),
  token("jwt", fakeJwt()),
]

const password = fakeToken(ALNUM, 14)

/** Secrets that need what stands around them. */
export const contextSamples: readonly Sample[] = [
  { kind: "environment", text: `DB_PASSWORD=${password}\nPORT=5432\n`, secret: password },
  { kind: "yaml", text: `db:\n  password: ${password}\n  port: 5432\n`, secret: password },
  { kind: "json", text: `{"client_secret": "${password}", "n": 1}`, secret: password },
  { kind: "url", text: `postgres://app:${password}@db.example.test:5432/app`, secret: password },
  { kind: "pem", text: fakePem("RSA PRIVATE KEY", 6), secret: fakePem("RSA PRIVATE KEY", 6).slice(32, 96) },
]
