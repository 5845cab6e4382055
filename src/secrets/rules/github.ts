import type { Rule } from "../rule.ts"

/** GitHub tokens. */
export const githubRules: readonly Rule[] = [
  {
    id: "github-token",
    title: "GitHub token (classic personal, OAuth, user-to-server, server-to-server, refresh)",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    label: "GitHubTokenDetector",
    keywords: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    pattern: /(?:ghp_|gho_|ghu_|ghs_|ghr_)[A-Za-z0-9]{36,255}/,
    minEntropy: 2,
    checksum: "crc32-base62",
  },
  {
    id: "github-fine-grained-pat",
    title: "GitHub fine-grained personal access token",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    label: "GitHubTokenDetector",
    keywords: ["github_pat_"],
    pattern: /github_pat_[A-Za-z0-9_]{22,255}/,
  },
]
