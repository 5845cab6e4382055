import type { Rule } from "../rule.ts"

/** Prefixes that also begin names and words of everyday code, so that they tell nothing without their rule. */
const EVERYDAY: ReadonlySet<string> = new Set([
  "syn_",
  "prd-",
  "ion_",
  "cal_",
  "perm-",
  "eu1.",
  "na1.",
  "sts.",
  "sat.",
  "pat.",
  "dataset-",
  "private_",
  "cap-",
  "act.",
  "access-",
  "access_",
  "api-",
  "api_",
  "app-",
  "app_",
  "client-",
  "client_",
  "console-",
  "dev_",
  "ext_",
  "key-",
  "key_",
  "live_",
  "mid-",
  "mob-",
  "pat-",
  "pat_",
  "prod_",
  "pubkey-",
  "sandbox_",
  "sdk-",
  "secret-",
  "secret_",
  "sub-",
  "tag-",
  "test_",
  "token-",
  "token_",
  "user-",
  "user_",
])
const WITH_SEPARATOR = /^(?=.*[a-z].*[a-z])[a-z0-9][a-z0-9_.-]{2,40}[_.-]$/
/** Keywords that hold the first random characters too: `pypi-` and the start of every token's base64. */
const LONG = /^[a-z0-9]{3,12}[_-][a-z0-9]{10,}$/
/** Shorter prefixes, and prefixes without a separator, with which no word begins. */
const OTHERS: ReadonlySet<string> = new Set([
  "sk-",
  "sk_",
  "hf_",
  "r8_",
  "sg.",
  "akia",
  "aiza",
  "ltai",
  "atatt3",
  "atctt3",
  "eaacedeose0cba",
  "1//0",
])

/**
 * The keywords of rules with which a vendor begins its tokens and hardly anything else begins: enough to tell a token
 * that is cut off or broken over lines.
 */
export function strongPrefixes(rules: readonly Rule[]): string[] {
  const prefixes = new Set<string>(["eyj"])
  for (const { keywords, reach, beside, secretGroup } of rules) {
    if ((reach ?? 0) > 0 || beside === true || secretGroup !== undefined) continue
    for (const keyword of keywords) {
      const prefix = LONG.test(keyword) ? keyword.slice(0, keyword.search(/[_-]/) + 1) : keyword
      if (OTHERS.has(prefix) || (WITH_SEPARATOR.test(prefix) && !EVERYDAY.has(prefix))) prefixes.add(prefix)
    }
  }
  return [...prefixes]
}
