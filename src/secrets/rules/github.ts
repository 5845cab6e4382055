import type { Rule } from "../rule.ts"

/** GitHub tokens. */
export const githubRules: readonly Rule[] = [
  {
    id: "github-token",
    vendor: "GitHub",
    title: "GitHub personal access token (classic)",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    label: "GitHubTokenDetector",
    keywords: ["ghp_"],
    pattern: /ghp_[A-Za-z0-9]{36,255}/,
    minEntropy: 2,
    checksum: "crc32-base62",
  },
  {
    id: "github-fine-grained-pat",
    vendor: "GitHub",
    title: "GitHub fine-grained personal access token",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    label: "GitHubTokenDetector",
    keywords: ["github_pat_"],
    pattern: /github_pat_[A-Za-z0-9_]{22,255}/,
  },
  {
    id: "github-oauth-token",
    vendor: "GitHub",
    title: "GitHub OAuth access token",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    keywords: ["gho_"],
    pattern: /gho_[A-Za-z0-9]{36,255}/,
    label: "GitHubTokenDetector",
    minEntropy: 2,
    checksum: "crc32-base62",
  },
  {
    id: "github-user-token",
    vendor: "GitHub",
    title: "GitHub App user access token",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    keywords: ["ghu_"],
    pattern: /ghu_[A-Za-z0-9]{36,255}/,
    label: "GitHubTokenDetector",
    minEntropy: 2,
    checksum: "crc32-base62",
  },
  {
    id: "github-app-token",
    vendor: "GitHub",
    title: "GitHub App installation token",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    keywords: ["ghs_"],
    pattern:
      /ghs_(?:[A-Za-z0-9_-]{1,40}_)?eyJ[A-Za-z0-9_-]{20,1000}\.[A-Za-z0-9_-]{20,2000}\.[A-Za-z0-9_-]{20,1000}|ghs_[A-Za-z0-9]{36,255}/,
    label: "GitHubTokenDetector",
    minEntropy: 2,
    checksum: "crc32-base62",
  },
  {
    id: "github-refresh-token",
    vendor: "GitHub",
    title: "GitHub App refresh token",
    source:
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    keywords: ["ghr_"],
    pattern: /ghr_[A-Za-z0-9]{36,255}/,
    label: "GitHubTokenDetector",
    minEntropy: 2,
    checksum: "crc32-base62",
  },
  {
    id: "github-plain-token",
    vendor: "GitHub",
    title: "GitHub token or OAuth client secret without prefix, beside its name",
    source: "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps",
    keywords: [
      "github_token",
      "github_client_secret",
      "github_secret",
      "github_oauth",
      "github_key",
      "github_api",
      "gh_token",
      "githubtoken",
      "github_pat",
      "github-token",
      "github_access",
    ],
    pattern: /[a-f0-9]{40}(?![A-Za-z0-9_+/-])/,
    beside: true,
    label: "GitHubTokenDetector",
  },
  {
    id: "github-runner-token",
    vendor: "GitHub",
    title: "GitHub Actions runner registration token",
    source: "https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/add-runners",
    keywords: ["config.sh"],
    pattern: /config\.(?:sh|cmd)[^\n]{0,200}--token ([A-Z0-9]{29})(?![A-Z0-9])/,
    secretGroup: 1,
  },
]
