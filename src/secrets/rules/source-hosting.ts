import type { Rule } from "../rule.ts"

/** Source hosting and code search beside GitHub and GitLab. */
export const sourceHostingRules: readonly Rule[] = [
  {
    id: "bitbucket-app-password",
    title: "Bitbucket app password",
    source: "https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/",
    keywords: ["atbb"],
    pattern: /ATBB[A-Za-z0-9]{28,64}/,
  },
  {
    id: "bitbucket-access-token",
    title: "Bitbucket repository or workspace access token",
    source: "https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/",
    keywords: ["atctt3"],
    pattern: /ATCTT3[A-Za-z0-9_-]{60,400}={0,2}(?:[A-F0-9]{8})?/,
  },
  {
    id: "sourcegraph-token",
    title: "Sourcegraph access token",
    source: "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token",
    keywords: ["sgp_", "slk_", "sgd_"],
    pattern: /sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}|slk_[a-f0-9]{64}|sgd_[a-f0-9]{64}/,
  },
  {
    id: "sourcegraph-legacy-token",
    title: "Sourcegraph access token without prefix, beside its name",
    source: "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token",
    keywords: ["sourcegraph"],
    pattern: /[a-f0-9]{40}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
  {
    id: "gitea-token",
    title: "Gitea or Forgejo access token",
    source: "https://docs.gitea.com/development/api-usage",
    keywords: ["gitea", "forgejo"],
    pattern: /[a-f0-9]{40}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
]
