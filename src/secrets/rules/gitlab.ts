import type { Rule } from "../rule.ts"

/** GitLab tokens. */
export const gitlabRules: readonly Rule[] = [
  {
    id: "gitlab-token",
    title:
      "GitLab token (personal, deploy, runner, trigger, CI job, feed, SCIM, agent, incoming mail, feature flags)",
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
    label: "GitLabTokenDetector",
    keywords: [
      "glpat-",
      "gldt-",
      "glrt-",
      "glrtr-",
      "glptt-",
      "glcbt-",
      "glft-",
      "glsoat-",
      "glagent-",
      "glimt-",
      "glffct-",
      "glwt-",
    ],
    pattern: /gl(?:pat|dt|rtr?|ptt|cbt|ft|soat|agent|imt|ffct|wt)-[A-Za-z0-9_.=-]{20,300}/,
  },
  {
    id: "gitlab-oauth-secret",
    title: "GitLab OAuth application secret",
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
    label: "GitLabTokenDetector",
    keywords: ["gloas-"],
    pattern: /gloas-[a-f0-9]{64,128}/,
  },
  {
    id: "gitlab-runner-registration",
    title: "GitLab runner registration token",
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
    label: "GitLabTokenDetector",
    keywords: ["gr1348941"],
    pattern: /GR1348941[A-Za-z0-9_-]{20,60}/,
  },
  {
    id: "gitlab-session",
    title: "GitLab session cookie",
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
    label: "GitLabTokenDetector",
    keywords: ["_gitlab_session="],
    pattern: /_gitlab_session=([0-9a-f]{32})/,
    secretGroup: 1,
  },
]
