import type { Rule } from "../rule.ts"

/** Google Cloud, Firebase and Google APIs. */
export const googleRules: readonly Rule[] = [
  {
    id: "google-api-key",
    title: "Google API key (Maps, Gemini, Firebase)",
    source: "https://cloud.google.com/docs/authentication/api-keys",
    keywords: ["aiza"],
    pattern: /AIza[A-Za-z0-9_-]{35,39}/,
  },
  {
    id: "google-gemini-auth-key",
    title: "Google AI Studio auth key",
    source: "https://ai.google.dev/gemini-api/docs/api-key",
    keywords: ["aq.ab"],
    pattern: /AQ\.Ab[A-Za-z0-9_-]{30,120}/,
  },
  {
    id: "google-oauth-client-secret",
    title: "Google OAuth client secret",
    source: "https://developers.google.com/identity/protocols/oauth2",
    keywords: ["gocspx-"],
    pattern: /GOCSPX-[A-Za-z0-9_-]{24,40}/,
  },
  {
    id: "google-oauth-access-token",
    title: "Google OAuth access token",
    source: "https://cloud.google.com/docs/authentication/token-types",
    keywords: ["ya29."],
    pattern: /ya29\.[A-Za-z0-9_.-]{20,2048}/,
  },
  {
    id: "google-oauth-refresh-token",
    title: "Google OAuth refresh token",
    source: "https://developers.google.com/identity/protocols/oauth2",
    keywords: ["1//0"],
    pattern: /1\/\/0[A-Za-z0-9_-]{40,200}/,
  },
  {
    id: "google-storage-hmac",
    title: "Google Cloud Storage HMAC access id",
    source: "https://cloud.google.com/storage/docs/authentication/hmackeys",
    keywords: ["goog1e", "googts"],
    pattern: /(?:GOOG1E|GOOGTS)[A-Z0-9]{18,60}/,
  },
  {
    id: "firebase-cloud-messaging",
    title: "Firebase Cloud Messaging server key",
    source: "https://firebase.google.com/docs/cloud-messaging/auth-server",
    keywords: [":apa91b"],
    pattern: /AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{120,160}/,
    reach: 11,
  },
  {
    id: "google-oauth-authorization-code",
    title: "Google OAuth authorization code",
    source: "https://developers.google.com/identity/protocols/oauth2/web-server",
    keywords: ["4/0a"],
    pattern: /4\/0A[A-Za-z0-9_-]{50,100}/,
  },
]
